import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPlainText, toSpans } from './ansi.ts';

const spans = (line: string) =>
  toSpans(line).map(({ text, colour, isBold }) => [text, colour ?? '', isBold ? 'bold' : '']);

test('colours are told by their meaning, and end where they are reset', () => {
  assert.deepEqual(spans('\x1b[1;31mERROR\x1b[0m all \x1b[32mfine\x1b[39m.'), [
    ['ERROR', 'problem', 'bold'],
    [' all ', '', ''],
    ['fine', 'ok', ''],
    ['.', '', ''],
  ]);
  assert.deepEqual(spans('\x1b[38;5;31mx\x1b[38;2;31;32;33my\x1b[94mz'), [
    ['x', '', ''],
    ['y', '', ''],
    ['z', 'accent', ''],
  ]);
});

test('no other sequence is shown, or does anything', () => {
  const hostile = 'a\x1b[2Jb\x1b]0;title\x07c\x1b]52;c;ZXZpbA==\x1b\\d\x1bce\x00f\rg\x1b[?1049h';
  assert.equal(toPlainText(hostile), 'abcdefg');
  assert.deepEqual(
    spans(hostile)
      .map(([text]) => text)
      .join(''),
    'abcdefg',
  );
  assert.equal(toPlainText('tab\there'), 'tab\there');
});

test('whatever comes, no control character is left', () => {
  let state = 11;
  // A generator with a seed (Park and Miller).
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const pieces = ['\x1b', '[', ']', ';', '3', '1', 'm', '\x07', '\\', 'x', '\x9b', '\x00', '?', 'é', '\ud800'];
  for (let round = 0; round < 100_000; round++) {
    const line = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('');
    const text = toSpans(line)
      .map((span) => span.text)
      .join('');
    assert.equal(text, toPlainText(line));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
    assert.doesNotMatch(text, /[\x00-\x08\x0b-\x1f\x7f]/);
  }
});
