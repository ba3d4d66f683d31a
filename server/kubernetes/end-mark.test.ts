import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EndMark } from './end-mark.ts';

test('whatever pieces a stream comes in, all before the mark is passed on, and nothing of it', () => {
  const mark = 'mark-of-the-end';
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom('mark', '-of-the-end', 'm', mark.slice(0, -1)).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(20), { minLength: 1 }), (pieces, cuts) => {
      const content = Buffer.concat(pieces);
      // Nobody can know it before.
      fc.pre(!content.includes(mark));
      const whole = Buffer.concat([content, Buffer.from(mark)]);
      const reader = new EndMark(mark);
      const passed: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const next = at + (cuts[turn % cuts.length] ?? 0) + 1;
        assert.equal(reader.hasCome, false);
        passed.push(...reader.take(whole.subarray(at, next)));
        at = next;
      }
      assert.ok(reader.hasCome);
      assert.deepEqual(Buffer.concat(passed), content);
    }),
  );
});

test('a stream that ends before its mark is told from one that is whole', () => {
  const reader = new EndMark('mark');
  assert.deepEqual(Buffer.concat(reader.take(Buffer.from('content mar'))).toString(), 'content');
  assert.equal(reader.hasCome, false);
});
