import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBars } from './start-timeline.ts';

test('each step has a bar from the one before it, in the order of time', () => {
  const bars = toBars([
    { name: 'asked', at: 1_000, source: 'dashboard' },
    { name: 'attached', at: 1_400, source: 'dashboard' },
    { name: 'accepted', at: 1_050, source: 'dashboard' },
    { name: 'started', at: 1_400, source: 'event', stamp: 1_000 },
  ]);
  assert.deepEqual(
    bars.map(({ step, from, to }) => [step.name, from, to]),
    [
      ['asked', 0, 0],
      ['accepted', 0, 50],
      ['started', 50, 400],
      ['attached', 400, 400],
    ],
  );
  assert.deepEqual(toBars([]), []);
});
