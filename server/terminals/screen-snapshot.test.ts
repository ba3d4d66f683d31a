import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeSequences } from '#e2e/escape-sequences.ts';
import { randomNumbers } from '#e2e/random-numbers.ts';
import { snapshotScreen } from './screen-snapshot.ts';

const size = { columns: 20, rows: 4 };
const draw = async (output: string, modes: number[] = []) =>
  Buffer.from(await snapshotScreen(Buffer.from(output), modes, size)).toString();

test('a screen is drawn with its colours, its scrollback and its modes', async () => {
  assert.equal(await draw('one\r\n\x1b[31mtwo'), 'one\r\n\x1b[31mtwo');
  assert.match(await draw('1\r\n2\r\n3\r\n4\r\n5\r\n6'), /^1\r\n2\r\n3/);
  assert.equal(await draw('vi', [1049]), '\x1b[?1049h\x1b[Hvi');
});

test('characters are as wide as in the browser: a family is one, of two columns', async () => {
  assert.equal(
    await draw('\u{1f469}\u200d\u{1f469}\u200d\u{1f466}\x1b[3Gx'),
    '\u{1f469}\u200d\u{1f469}\u200d\u{1f466}x',
  );
});

test('whatever a container prints, a screen comes of it', async () => {
  const random = randomNumbers(11);
  for (let i = 0; i < 50; i++) assert.equal(typeof (await draw(escapeSequences(200, random))), 'string');
});
