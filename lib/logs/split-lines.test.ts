import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter, longestLine } from './split-lines.ts';

test('whatever pieces a text comes in, its lines are those that it has', () => {
  const text = fc.string({ unit: fc.constantFrom('\n', 'a', '\r', 'ü', 'b'.repeat(longestLine - 1)), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (pieces) => {
      const splitter = new LineSplitter();
      const lines = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
      assert.ok(lines.every((line) => line.text.length <= longestLine));
      const again = lines.map((line) => (line.isRest ? line.text : `\n${line.text}`)).join('');
      assert.equal(again, pieces.join('') === '' ? '' : `\n${pieces.join('').replace(/\n$/, '')}`);
    }),
  );
});

test('a line without an end costs no more than lines', () => {
  const splitter = new LineSplitter();
  let count = 0;
  for (let piece = 0; piece < 1_000; piece++) count += splitter.push('x'.repeat(64 * 1024)).length;
  assert.equal(count, (1_000 * 64 * 1024) / longestLine - 1);
});
