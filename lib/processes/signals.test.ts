import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foretellSignal, type SignalDisposition } from './signals.ts';

const plain: SignalDisposition = { ownPid: 7, isInner: false, caught: '0', ignored: '0' };
/** HUP is bit 0, TERM bit 14. */
const catchesHup = '0000000000000001';

test('what it handles is its own affair, what it doesn’t ends it', () => {
  assert.equal(foretellSignal('HUP', { ...plain, caught: catchesHup }).kind, 'handled');
  assert.equal(foretellSignal('TERM', { ...plain, caught: catchesHup }).kind, 'ends');
  assert.equal(foretellSignal('HUP', { ...plain, ignored: catchesHup }).kind, 'nothing');
  assert.equal(foretellSignal('KILL', { ...plain, caught: 'ffffffffffffffff' }).kind, 'ends');
  assert.equal(foretellSignal('STOP', plain).kind, 'stops');
  assert.equal(foretellSignal('CONT', plain).kind, 'goes on');
});

test('process 1 is shielded inside its namespace, and not from outside of it', () => {
  const first = { ...plain, ownPid: 1 };
  assert.equal(foretellSignal('KILL', first).kind, 'nothing');
  assert.equal(foretellSignal('TERM', first).kind, 'nothing');
  assert.equal(foretellSignal('HUP', { ...first, caught: catchesHup }).kind, 'handled');
  assert.equal(foretellSignal('KILL', { ...first, isInner: true }).kind, 'ends');
});

test('a mask that is none says nothing', () => {
  assert.equal(foretellSignal('HUP', { ...plain, caught: 'x', ignored: '' }).kind, 'ends');
});
