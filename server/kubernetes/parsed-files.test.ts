import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ParsedFiles } from './parsed-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'parsed-files-test-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'file');

test('a file is parsed once, and again when it has changed, though its size and its own time are as before', async () => {
  let parsings = 0;
  const files = new ParsedFiles((_path, text) => {
    parsings += 1;
    return text;
  });
  const write = async (text: string) => {
    writeFileSync(path, text);
    utimesSync(path, 1_000, 1_000);
    await delay(150);
  };
  await write('a');
  assert.deepEqual([files.read(path), files.read(path), files.read(path)], ['a', 'a', 'a']);
  assert.equal(parsings, 1);
  await write('b');
  assert.deepEqual([files.read(path), files.read(path)], ['b', 'b']);
  assert.equal(parsings, 2);
});

test('what has only just been written is not trusted to stay', () => {
  const files = new ParsedFiles((_path, text) => text);
  for (const text of ['c', 'd', 'e']) {
    writeFileSync(path, text);
    assert.equal(files.read(path), text);
  }
});

test('a file that can’t be read or parsed is an error each time, and none once it is mended', async () => {
  const files = new ParsedFiles((_path, text) => JSON.parse(text) as unknown);
  writeFileSync(path, '{');
  await delay(150);
  for (let i = 0; i < 2; i++) assert.throws(() => files.read(path), SyntaxError);
  writeFileSync(path, '{}');
  assert.deepEqual(files.read(path), {});
  rmSync(path);
  assert.throws(() => files.read(path), /ENOENT/);
});
