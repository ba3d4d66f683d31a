import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMode, kindOfMode } from './file-entry.ts';

test('modes are written as ls writes them', () => {
  assert.equal(formatMode(0o755), 'rwxr-xr-x');
  assert.equal(formatMode(0o4755), 'rwsr-xr-x');
  assert.equal(formatMode(0o1777), 'rwxrwxrwt');
  assert.equal(formatMode(0o2640), 'rw-r-S---');
});

test('kinds are told by the highest bits', () => {
  for (const [mode, kind] of [
    [0o100644, 'file'],
    [0o040755, 'folder'],
    [0o120777, 'link'],
    [0o140755, 'socket'],
    [0o010600, 'pipe'],
    [0o020666, 'device'],
    [0o060660, 'device'],
  ] as const)
    assert.equal(kindOfMode(mode), kind);
});
