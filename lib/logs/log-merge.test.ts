import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LogMerge, openMs, settleMs } from './log-merge.ts';

const told = (merge: LogMerge, now: number) =>
  merge.take(now).map(({ source, time, text }) => `${source} ${time} ${text}`);

test('a log that is still being opened is waited for, but not for ever', () => {
  const merge = new LogMerge(['a', 'b'], 0);
  merge.open('a', 0);
  merge.push('a', '2 two', 1);
  assert.deepEqual(told(merge, 2 * settleMs), [], 'b is late, and may have an earlier one');
  merge.open('b', 2 * settleMs);
  merge.push('b', '1 one', 2 * settleMs);
  assert.deepEqual(told(merge, 2 * settleMs), ['b 1 one']);
  assert.deepEqual(told(merge, 3 * settleMs), ['a 2 two']);

  const silent = new LogMerge(['a', 'b'], 0);
  silent.push('a', '2 two', 1);
  assert.deepEqual(told(silent, openMs), ['a 2 two']);
});

test('lines come in the order of their times, once no earlier one can come', () => {
  const merge = new LogMerge(['a', 'b'], 0);
  merge.open('a', 0);
  merge.open('b', 0);
  merge.push('a', '1 one', 1);
  merge.push('a', '4 four of a', 1);
  assert.deepEqual(told(merge, 2), [], 'b may have an earlier one');
  merge.push('b', '2 two words', 2);
  assert.deepEqual(told(merge, 2), ['a 1 one', 'b 2 two words']);
  assert.deepEqual(told(merge, 3), []);
  assert.deepEqual(told(merge, 2 + settleMs), ['a 4 four of a'], 'b says nothing');
  merge.end('b');
  merge.push('a', '5 five', 999);
  assert.deepEqual(told(merge, 999), ['a 5 five']);
});

test('whatever comes when, no line is lost or doubled, and each log keeps its order', () => {
  const time = fc.integer({ min: 10, max: 99 });
  const log = fc.array(time).map((times) => times.sort((a, b) => a - b));
  fc.assert(
    fc.property(log, log, fc.array(fc.boolean()), (a, b, turns) => {
      const merge = new LogMerge(['a', 'b'], 0);
      const rest = { a: [...a], b: [...b] };
      const all: string[] = [];
      for (const isA of [...turns, ...a.map(() => true), ...b.map(() => false)]) {
        const name = isA ? 'a' : 'b';
        const next = rest[name].shift();
        if (next !== undefined) merge.push(name, `${next} x`, 0);
        all.push(...told(merge, 0));
      }
      const early = all.length;
      merge.end('a');
      merge.end('b');
      all.push(...told(merge, 0));
      for (const [name, times] of [
        ['a', a],
        ['b', b],
      ] as const)
        assert.deepEqual(
          all.filter((line) => line.startsWith(name)),
          times.map((one) => `${name} ${one} x`),
        );
      const order = all.map((line) => Number(line.split(' ')[1]));
      // As long as nobody is passed over for silence, that order is the order of the times.
      assert.deepEqual(
        order,
        [...order].sort((x, y) => x - y),
        `${early}`,
      );
    }),
  );
});
