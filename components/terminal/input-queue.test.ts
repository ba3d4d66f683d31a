import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputChunkBytes, inputHoldMs } from '#lib/protocol/limits.ts';
import { InputQueue } from './input-queue.ts';

const connected = { canSend: () => true, onLost: () => assert.fail('nothing is lost here'), onPending() {} };
const bytes = (text: string) => new TextEncoder().encode(text);

test('keys that are typed while a piece is under way go together in the next one, in order', async () => {
  const sent: string[] = [];
  const gates: (() => void)[] = [];
  const queue = new InputQueue({
    ...connected,
    send(piece) {
      sent.push(new TextDecoder().decode(piece));
      return new Promise<void>((resolve) => gates.push(resolve));
    },
  });
  for (const key of 'abc') queue.push(bytes(key));
  assert.deepEqual(sent, ['a']);
  gates[0]?.();
  await new Promise(setImmediate);
  assert.deepEqual(sent, ['a', 'bc']);
});

test('a paste is cut into pieces of a size that the protocol allows, and arrives whole', async () => {
  const pieces: Uint8Array[] = [];
  const paste = bytes('x'.repeat(inputChunkBytes * 2 + 5));
  const { promise, resolve } = Promise.withResolvers<void>();
  const queue = new InputQueue({
    ...connected,
    async send(piece) {
      pieces.push(piece);
      if (pieces.length === 3) resolve();
    },
  });
  queue.push(paste);
  await promise;
  assert.deepEqual(
    pieces.map((piece) => piece.length),
    [inputChunkBytes, inputChunkBytes, 5],
  );
});

test('after a loss, the waiting input is dropped and the loss is reported once', async () => {
  const sent: string[] = [];
  const lost: unknown[] = [];
  const queue = new InputQueue({
    ...connected,
    async send(piece) {
      sent.push(new TextDecoder().decode(piece));
      throw new Error('gone');
    },
    onLost: (error) => lost.push(error),
  });
  queue.push(bytes('rm '));
  queue.push(bytes('-rf'));
  await new Promise(setImmediate);
  assert.deepEqual(sent, ['rm ']);
  assert.equal(lost.length, 1);
});

test('input waits while nothing can be sent, is counted as waiting, and is dropped with an error after too long', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: string[] = [];
  const lost: unknown[] = [];
  const pending: number[] = [];
  let isConnected = false;
  const queue = new InputQueue({
    canSend: () => isConnected,
    send: async (piece) => sent.push(new TextDecoder().decode(piece)),
    onLost: (error) => lost.push(error),
    onPending: (count) => pending.push(count),
  });
  queue.push(bytes('l'));
  queue.push(bytes('s'));
  t.mock.timers.tick(inputHoldMs - 1);
  isConnected = true;
  queue.resume();
  await new Promise(setImmediate);
  assert.deepEqual([sent, pending, lost], [['ls'], [1, 2, 0], []]);

  isConnected = false;
  queue.push(bytes('rm'));
  t.mock.timers.tick(inputHoldMs);
  isConnected = true;
  queue.resume();
  await new Promise(setImmediate);
  assert.deepEqual([sent, pending, lost.length], [['ls'], [1, 2, 0, 2, 0], 1]);
});
