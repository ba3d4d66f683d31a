import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from './pause.ts';

test('a pause ends after its time, or with its signal, and holds on to neither', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const closing = new AbortController();
  let over = 0;
  const wait = () => pause(1_000, closing.signal).then(() => over++);
  const first = wait();
  t.mock.timers.tick(999);
  await Promise.resolve();
  assert.equal(over, 0);
  t.mock.timers.tick(1);
  await first;
  const second = wait();
  closing.abort();
  await second;
  await wait();
  assert.equal(over, 3);
});
