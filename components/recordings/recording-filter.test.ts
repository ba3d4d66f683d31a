import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordingSummary } from '#lib/recordings/asciicast.ts';
import { formatTime, matchesRecording } from './recording-filter.ts';

const recording: RecordingSummary = {
  id: 'x',
  owner: 'me',
  context: 'prod',
  user: 'ada',
  namespace: 'shop',
  pod: 'cart-7d',
  container: 'debugger-x',
  image: 'busybox:1.36',
  startedAt: new Date(2026, 0, 31, 9, 5).getTime(),
  endedAt: 0,
  bytes: 1,
  isRunning: false,
};

test('times are in the user’s time zone', () => assert.equal(formatTime(recording.startedAt), '2026-01-31 09:05'));
test('all words must be found in pod, user, image or time', () => {
  for (const text of ['', 'cart', 'SHOP/cart', 'ada', '2026-01-31', 'ada 09:05', 'busybox debugger'])
    assert.ok(matchesRecording(recording, text), text);
  for (const text of ['bob', 'cart 2027', 'ada bob']) assert.ok(!matchesRecording(recording, text), text);
});
