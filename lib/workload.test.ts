import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeWorkload, parseWorkload, toSelectorText } from './workload.ts';

test('workloads are named as kubectl names them', () => {
  for (const text of ['deploy/web', 'deployment/web', 'deployments.apps/web']) {
    assert.deepEqual(parseWorkload(text), { kind: 'deployments', name: 'web' });
  }
  assert.deepEqual(parseWorkload('svc/a.b-c'), { kind: 'services', name: 'a.b-c' });
  for (const text of ['', 'web', 'deploy/', 'secret/web', 'deploy/Web', 'deploy/a/b', 'deploy/../x', 'toString/x']) {
    assert.equal(parseWorkload(text), undefined, text);
  }
  assert.equal(describeWorkload({ kind: 'statefulsets', name: 'db' }), 'statefulset db');
});

test('a selector becomes the text of a query', () => {
  assert.equal(
    toSelectorText({
      matchLabels: { app: 'web', tier: 'front' },
      matchExpressions: [
        { key: 'track', operator: 'NotIn', values: ['canary', 'old'] },
        { key: 'ready', operator: 'Exists' },
        { key: 'off', operator: 'DoesNotExist' },
      ],
    }),
    'app=web,tier=front,track notin (canary,old),ready,!off',
  );
  assert.equal(toSelectorText({}), undefined);
});
