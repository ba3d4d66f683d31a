import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes } from './format-bytes.ts';

test('sizes are in the largest unit that leaves at least one of it', () => {
  assert.deepEqual([0, 1, 999, 1_000, 12_345_678, 5e9, 5e13].map(formatBytes), [
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '12.3 MB',
    '5 GB',
    '50,000 GB',
  ]);
});
