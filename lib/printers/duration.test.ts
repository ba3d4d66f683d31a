import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from './duration.ts';

const minute = 60_000;
for (const [ms, text] of [
  [-5, '0s'],
  [119_000, '119s'],
  [2 * minute, '2m'],
  [2.5 * minute, '2m30s'],
  [90 * minute, '90m'],
  [3.5 * 60 * minute, '3h30m'],
  [47 * 60 * minute, '47h'],
  [50 * 60 * minute, '2d2h'],
  [30 * 24 * 60 * minute, '30d'],
  [800 * 24 * 60 * minute, '2y70d'],
] as const) {
  test(`${ms} ms is ${text}`, () => assert.equal(formatDuration(ms), text));
}
