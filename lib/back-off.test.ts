import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from './back-off.ts';

test('waits double up to the last, begin anew once it has worked, and differ from one to the other by half', () => {
  let random = 1;
  const backOff = new BackOff({ firstMs: 100, lastMs: 300 }, () => random);
  assert.deepEqual([backOff.next(), backOff.next(), backOff.next(), backOff.next()], [100, 200, 300, 300]);
  backOff.reset();
  random = 0;
  assert.deepEqual([backOff.next(), backOff.next(), backOff.next()], [50, 100, 150]);
});
