import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputChunkBytes } from '../../lib/protocol/limits.ts';
import { InputQueue } from './input-queue.ts';

const never = () => assert.fail('nothing is lost here');
const bytes = (text: string) => new TextEncoder().encode(text);

test('keys typed while one is under way go together in the next piece, in order', async () => {
  const sent: string[] = [];
  const gates: (() => void)[] = [];
  const queue = new InputQueue((piece) => {
    sent.push(new TextDecoder().decode(piece));
    return new Promise<void>((resolve) => gates.push(resolve));
  }, never);
  for (const key of 'abc') queue.push(bytes(key));
  assert.deepEqual(sent, ['a']);
  gates[0]?.();
  await new Promise(setImmediate);
  assert.deepEqual(sent, ['a', 'bc']);
});

test('a paste is cut into pieces that the protocol takes, and arrives whole', async () => {
  const pieces: Uint8Array[] = [];
  const paste = bytes('x'.repeat(inputChunkBytes * 2 + 5));
  const { promise, resolve } = Promise.withResolvers<void>();
  const queue = new InputQueue(async (piece) => {
    pieces.push(piece);
    if (pieces.length === 3) resolve();
  }, never);
  queue.push(paste);
  await promise;
  assert.deepEqual(
    pieces.map((piece) => piece.length),
    [inputChunkBytes, inputChunkBytes, 5],
  );
});

test('after a loss nothing that waited is sent, and it is told once', async () => {
  const sent: string[] = [];
  const lost: unknown[] = [];
  const queue = new InputQueue(
    async (piece) => {
      sent.push(new TextDecoder().decode(piece));
      throw new Error('gone');
    },
    (error) => lost.push(error),
  );
  queue.push(bytes('rm '));
  queue.push(bytes('-rf'));
  await new Promise(setImmediate);
  assert.deepEqual(sent, ['rm ']);
  assert.equal(lost.length, 1);
});
