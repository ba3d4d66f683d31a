import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpstreamBrake } from './upstream-brake.ts';

function start(t: { mock: typeof import('node:test').mock }) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const holds: boolean[] = [];
  const brake = new UpstreamBrake({ high: 100, low: 50, longestMs: 250 }, (isHeld) => holds.push(isHeld));
  return { brake, holds, pass: (ms: number) => t.mock.timers.tick(ms) };
}

test('a source is held above the upper limit and goes on below the lower one', (t) => {
  const { brake, holds } = start(t as never);
  for (const waiting of [0, 99, 100, 120, 51]) brake.update(waiting);
  assert.deepEqual(holds, [true]);
  brake.update(50);
  assert.deepEqual(holds, [true, false]);
  brake.update(100);
  assert.deepEqual(holds, [true, false, true]);
});

test('a viewer that stops reading holds it for a moment, once', (t) => {
  const { brake, holds, pass } = start(t as never);
  brake.update(100);
  pass(249);
  assert.deepEqual(holds, [true]);
  pass(1);
  assert.deepEqual(holds, [true, false]);
  brake.update(1_000);
  pass(10_000);
  assert.deepEqual(holds, [true, false]);
  // It has caught up.
  brake.update(10);
  brake.update(100);
  assert.deepEqual(holds, [true, false, true]);
});
