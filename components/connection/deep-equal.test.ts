import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepEqual } from './deep-equal.ts';

const pod = { context: 'c', namespace: 'shop', pod: 'web-1' };

test('requests are equal when all their fields are, in any order', () => {
  assert.ok(isDeepEqual(pod, { pod: 'web-1', namespace: 'shop', context: 'c' }));
  assert.ok(isDeepEqual({ ...pod, command: ['sh', '-c'] }, { ...pod, command: ['sh', '-c'] }));
  assert.ok(isDeepEqual(undefined, undefined));
});

test('requests differ by one value, one field more, or the order of a list', () => {
  for (const [a, b] of [
    [pod, { ...pod, pod: 'web-2' }],
    [pod, { ...pod, container: 'web' }],
    [
      { ...pod, target: undefined },
      { ...pod, container: undefined },
    ],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [undefined, pod],
    [null, {}],
  ])
    assert.ok(!isDeepEqual(a, b), JSON.stringify([a, b]));
});
