import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ViewerWindow } from './viewer-window.ts';

test('closes when full and reopens at the low mark, not before', () => {
  const window = new ViewerWindow(100, { size: 10, low: 4 });
  window.advance(10);
  assert.equal(window.room, 0);
  window.acknowledge(105);
  assert.equal(window.room, 0);
  window.acknowledge(106);
  assert.equal(window.room, 6);
});

test('ignores acknowledgements that go back or beyond what was sent', () => {
  const window = new ViewerWindow(0, { size: 10, low: 4 });
  window.advance(5);
  window.acknowledge(999);
  assert.equal(window.room, 10);
  window.acknowledge(1);
  assert.equal(window.room, 10);
});

test('after a skip nothing is sent until the screen that was sent instead is acknowledged', () => {
  const window = new ViewerWindow(0, { size: 10, low: 4 });
  window.advance(10);
  window.skipTo(50);
  assert.equal(window.sent, 50);
  assert.equal(window.room, 0);
  window.acknowledge(50);
  assert.equal(window.room, 10);
});
