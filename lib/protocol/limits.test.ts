import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as limits from './limits.ts';

test('an acknowledgement is small enough to reopen a full window', () => {
  assert.ok(limits.ackBytes <= limits.windowLowBytes);
  assert.ok(limits.windowLowBytes < limits.windowBytes);
});

test('one output chunk fits into the window, and the window into the replay buffer', () => {
  assert.ok(limits.outputChunkBytes <= limits.windowLowBytes);
  assert.ok(limits.windowBytes * 2 <= limits.leastKeptBytes);
});

test('an input chunk fits into a request frame', () => {
  assert.ok(limits.inputChunkBytes * 2 <= limits.maxRequestBytes);
});
