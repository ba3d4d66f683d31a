import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ModeTracker } from './mode-tracker.ts';

const after = (...pieces: string[]) => {
  const tracker = new ModeTracker();
  for (const piece of pieces) tracker.take(Buffer.from(piece, 'latin1'));
  return tracker;
};
const all = (tracker: ModeTracker) => tracker.setBefore(Number.POSITIVE_INFINITY);

test('modes are set, unset and reset, one or several at a time', () => {
  assert.deepEqual(all(after('a\x1b[?1049h\x1b[?25;2004hb\x1b[?25l')), [1049, 2004]);
  assert.deepEqual(all(after('\x1b[?1049h\x1bc')), []);
  assert.equal(after('\x1b[?1049h').has(1049), true);
});

test('what only looks like one is none', () => {
  assert.deepEqual(all(after('\x1b[1049h\x1b[?10x49h[?1h\x1b]?1h\x1b[?123456h')), []);
  assert.deepEqual(all(after('\x1b\x1b[?7h')), [7]);
});

test('what was set later than a position does not count there', () => {
  const tracker = after('\x1b[?1h', 'text', '\x1b[?2h');
  assert.deepEqual(tracker.setBefore(9), [1]);
  assert.deepEqual(tracker.setBefore(14), [1, 2]);
});

test('the sizes of the pieces make no difference', () => {
  const part = fc.oneof(
    fc.constantFrom('\x1b', '[', '?', ';', 'h', 'l', 'c', '1049', '25', 'text\r\n', '\x1b[?25h', '\x1b[?1049;1l'),
    fc.string({ unit: 'binary-ascii', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.array(fc.nat(5), { minLength: 1 }), (parts, sizes) => {
      const text = parts.join('');
      const pieces: string[] = [];
      for (let at = 0, i = 0; at < text.length; i++) {
        const size = 1 + (sizes[i % sizes.length] ?? 0);
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      assert.deepEqual(all(after(...pieces)), all(after(text)));
    }),
    { numRuns: 1_000 },
  );
});
