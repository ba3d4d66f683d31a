import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimit } from './rate-limit.ts';

test('allows a burst, then the steady rate', () => {
  let now = 0;
  const limit = new RateLimit({ capacity: 3, perSecond: 2 }, () => now);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limit.take()),
    [true, true, true, false],
  );
  now = 500;
  assert.deepEqual([limit.take(), limit.take()], [true, false]);
  now = 60_000;
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limit.take()),
    [true, true, true, false],
  );
});
