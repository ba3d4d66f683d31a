import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CsiLimiter } from './csi-limiter.ts';

const limiter = () => new CsiLimiter(() => ({ columns: 80, rows: 24 }));
/** What comes out for these pieces, all together. */
function pass(...pieces: string[]): string {
  const one = limiter();
  return pieces.map((piece) => Buffer.from(one.take(Buffer.from(piece))).toString()).join('');
}

test('counts are no larger than the screen', () => {
  assert.equal(pass('a\x1b[99999999Lb'), 'a\x1b[24Lb');
  assert.equal(pass('\x1b[99999999b'), '\x1b[80b');
  assert.equal(pass('\x1b[1;99999999;3X\x1b[5;6X'), '\x1b[1;80;3X\x1b[5;6X');
  assert.equal(pass('\u009b99999999M'), '\u009b24M');
  assert.equal(pass('\x1b[0000000000000000000000000099L'), '\x1b[24L');
});

test('a number goes on behind controls, which a terminal obeys at once', () => {
  assert.equal(pass('\x1b[99\n99\x7f99L'), '\x1b[24\n\x7fL');
  assert.equal(pass('\x1b\n[9999L'), '\x1b\n[24L');
});

test('modes, places and questions keep their numbers, and so does what is no sequence', () => {
  for (const text of [
    '\x1b[?1049h\x1b[?2004l',
    '\x1b[?2026$p\x1b[?996n\x1b[999;999H\x1b[38;2;255;255;255m',
    '\x1b[4h',
    'plain 99999999L',
    '\x1b]8;;https://x/99999999L\x07',
    '\x1b7',
  ])
    assert.equal(pass(text), text);
});

test('a sequence that is cancelled or begun anew is none', () => {
  assert.equal(pass('\x1b[9\x1899999L'), '\x1b[9\x1899999L');
  assert.equal(pass('\x1b[9\x1b[3L'), '\x1b[9\x1b[3L');
});

test('an unfinished sequence waits for its end; one without end is left out', () => {
  const one = limiter();
  assert.equal(Buffer.from(one.take(Buffer.from('a\x1b[9999'))).toString(), 'a');
  assert.equal(Buffer.from(one.take(Buffer.from('9999Lb'))).toString(), '\x1b[24Lb');
  const noise = `\x1b[${'9'.repeat(5_000)}`;
  assert.equal(pass(`a${noise}`, '9'.repeat(9), 'Lb'), 'ab');
  assert.equal(pass(`a${noise}Lb`), 'a\x1b[24Lb');
});

test('pieces make no difference, and small numbers pass as they are', () => {
  const parts = ['\x1b', '\x1b[', '\u009b', '9', '99', ';', '?', 'L', 'h', 'b', '\n', '\x18', 'é', 'x'];
  const text = fc.string({ unit: fc.constantFrom(...parts), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 5 }), (whole, cuts) => {
      const bytes = Buffer.from(`${whole}\x18`);
      const one = limiter();
      const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const out = ends.map((end, i) => Buffer.from(one.take(bytes.subarray(ends[i - 1] ?? 0, end))));
      assert.equal(Buffer.concat(out).toString(), pass(`${whole}\x18`));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(24), fc.constantFrom(...'ABCDLMSTPXb@'))), (sequences) => {
      const all = sequences.map(([count, final]) => `x\x1b[${count}${final}`).join('');
      assert.equal(pass(all), all);
    }),
  );
});
