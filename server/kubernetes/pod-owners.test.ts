import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOwner, toNodeSummary } from './pod-owners.ts';

test('each kind says how it is', () => {
  assert.equal(describeOwner('Deployment', { spec: { replicas: 3 }, status: { readyReplicas: 2 } }), '2 of 3 ready');
  assert.equal(describeOwner('StatefulSet', { spec: {}, status: {} }), '0 of 1 ready');
  assert.equal(describeOwner('DaemonSet', { status: { numberReady: 1, desiredNumberScheduled: 4 } }), '1 of 4 ready');
  assert.equal(
    describeOwner('Job', { spec: { completions: 2 }, status: { succeeded: 1, failed: 3 } }),
    '1 of 2 done, 3 failed',
  );
  assert.equal(describeOwner('CronJob', { spec: { schedule: '0 3 * * *' } }), 'at 0 3 * * *');
});

test('a node tells what is wrong with it', () => {
  const node = toNodeSummary({
    metadata: { name: 'n1' },
    spec: { unschedulable: true },
    status: {
      conditions: [
        { type: 'Ready', status: 'False', message: 'no network' },
        { type: 'DiskPressure', status: 'True' },
        { type: 'MemoryPressure', status: 'False' },
      ],
    },
  });
  assert.deepEqual(node.troubles, ['not ready: no network', 'DiskPressure', 'cordoned: no new pods come to it']);
});
