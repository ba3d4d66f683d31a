import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hexLines } from './hex.ts';
import { isText } from './is-text.ts';

test('lines are as hexdump -C prints them', () => {
  const lines = hexLines(new TextEncoder().encode('0123456789abcdef\n~'), 0x10000);
  assert.equal(lines.length, 2);
  assert.equal(lines.at(0), '00010000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|');
  assert.equal(lines.at(1), `00010010  0a 7e${' '.repeat(18)}  ${' '.repeat(23)}  |.~|`);
});

test('what is text is told from what is not', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.ok(isText(bytes('')));
  assert.ok(isText(bytes('user nginx;\n\tworkers 2; # ü\x1b[31mred')));
  assert.ok(isText(Uint8Array.of(0x67, 0x72, 0xfc, 0x6e, ...bytes(' and much more in latin-1'))));
  assert.ok(!isText(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0)));
  assert.ok(!isText(Uint8Array.from({ length: 64 }, (_, index) => 0x80 + index)));
});
