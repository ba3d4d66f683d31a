import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplayBuffer } from './replay-buffer.ts';

test('keeps exactly the last bytes, whatever the sizes of the pieces', () => {
  const capacity = 5000;
  const buffer = new ReplayBuffer(capacity);
  const all: number[] = [];
  // Sizes around the first allocation, the capacity and twice the capacity.
  for (const size of [1, 0, 4095, 1, 903, 4999, 5000, 5001, 10_000, 3]) {
    const piece = Uint8Array.from({ length: size }, (_, i) => (all.length + i) * 7);
    all.push(...piece);
    buffer.append(piece);
    assert.equal(buffer.end, all.length);
    assert.equal(buffer.start, Math.max(0, all.length - capacity));
    assert.deepEqual([...buffer.read(buffer.start, capacity)], all.slice(buffer.start));
  }
});

test('reads from any kept position, at most as much as asked', () => {
  const buffer = new ReplayBuffer(4);
  buffer.append(Uint8Array.of(1, 2, 3, 4, 5, 6));
  assert.deepEqual([...buffer.read(3, 2)], [4, 5]);
  assert.deepEqual([...buffer.read(6, 9)], []);
  assert.throws(() => buffer.read(1, 1), RangeError);
  assert.throws(() => buffer.read(7, 1), RangeError);
});
