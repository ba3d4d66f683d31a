import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogLines } from './log-lines.ts';

const all = (lines: LogLines) => Array.from({ length: lines.length }, (_, index) => lines.at(index));

test('lines are whole whatever pieces they come in', () => {
  const lines = new LogLines();
  for (const piece of ['a', 'b\nc\n', '', '\nd']) lines.push(piece);
  assert.deepEqual(all(lines), ['ab', 'c', '']);
  lines.end();
  assert.deepEqual(all(lines), ['ab', 'c', '', 'd']);
  lines.end();
  assert.equal(lines.length, 4);
});

test('the oldest go where there are too many, and are counted', () => {
  const lines = new LogLines({ lines: 10, characters: 1_000 });
  for (let line = 0; line < 100; line++) lines.push(`${line}\n`);
  assert.ok(lines.length <= 10 && lines.length >= 5);
  assert.equal(lines.gone + lines.length, 100);
  assert.equal(lines.at(0), String(lines.gone));
  assert.equal(lines.at(lines.length - 1), '99');
});

test('long lines count by their length', () => {
  const lines = new LogLines({ lines: 1_000, characters: 100 });
  for (let line = 0; line < 50; line++) lines.push(`${String(line).padStart(10)}\n`);
  assert.ok(lines.length <= 10 && lines.length >= 9);
  assert.equal(lines.gone + lines.length, 50);
  assert.equal(lines.at(lines.length - 1).trim(), '49');
});
