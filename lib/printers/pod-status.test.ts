import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PodLike } from './pod-like.ts';
import { podLevel, podStatus } from './pod-status.ts';

const minute = 60_000;

function pod(status: PodLike['status'], rest: Partial<PodLike> = {}): PodLike {
  return { ...rest, status: { ...status } };
}

function main(state: object, ready = false) {
  return { name: 'web', image: 'x', imageID: '', restartCount: 0, ready, state };
}

const ready = [{ type: 'Ready', status: 'True' }];

for (const [title, given, status, level] of [
  [
    'runs and is ready',
    pod({ phase: 'Running', containerStatuses: [main({ running: {} }, true)], conditions: ready }),
    'Running',
    'ok',
  ],
  [
    'crashes',
    pod({ phase: 'Running', containerStatuses: [main({ waiting: { reason: 'CrashLoopBackOff' } })] }),
    'CrashLoopBackOff',
    'problem',
  ],
  [
    'can’t pull',
    pod({ phase: 'Pending', containerStatuses: [main({ waiting: { reason: 'ErrImagePull' } })] }),
    'ErrImagePull',
    'problem',
  ],
  [
    'is created',
    pod({ phase: 'Pending', containerStatuses: [main({ waiting: { reason: 'ContainerCreating' } })] }),
    'ContainerCreating',
    'pending',
  ],
  [
    'has completed',
    pod({ phase: 'Succeeded', containerStatuses: [main({ terminated: { exitCode: 0, reason: 'Completed' } })] }),
    'Completed',
    'done',
  ],
  [
    'failed without a reason',
    pod({ phase: 'Failed', containerStatuses: [main({ terminated: { exitCode: 3 } })] }),
    'ExitCode:3',
    'problem',
  ],
  [
    'was killed',
    pod({ phase: 'Failed', containerStatuses: [main({ terminated: { exitCode: 137, signal: 9 } })] }),
    'Signal:9',
    'problem',
  ],
  ['was evicted', pod({ phase: 'Failed', reason: 'Evicted' }), 'Evicted', 'problem'],
  [
    'can’t be scheduled',
    pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }),
    'Pending',
    'problem',
  ],
  [
    'runs its first init container',
    pod(
      { phase: 'Pending', initContainerStatuses: [main({ running: {} })] },
      { spec: { initContainers: [{ name: 'web' }, { name: 'b' }] } },
    ),
    'Init:0/2',
    'pending',
  ],
  [
    'has a started sidecar and a running container',
    pod(
      {
        phase: 'Running',
        initContainerStatuses: [{ ...main({ running: {} }), started: true }],
        containerStatuses: [main({ running: {} }, true)],
        conditions: ready,
      },
      { spec: { initContainers: [{ name: 'web', restartPolicy: 'Always' }] } },
    ),
    'Running',
    'ok',
  ],
  [
    'is being deleted',
    pod(
      { phase: 'Running', containerStatuses: [main({ running: {} }, true)] },
      { metadata: { deletionTimestamp: new Date() } },
    ),
    'Terminating',
    'pending',
  ],
] as const) {
  test(`a pod that ${title} is ${status}, ${level}`, () => {
    assert.equal(podStatus(given), status);
    assert.equal(podLevel(given, status), level);
  });
}

test('running but not ready becomes a problem after a minute', () => {
  const startTime = new Date(0);
  const unready = pod({ phase: 'Running', startTime, containerStatuses: [main({ running: {} })] });
  assert.equal(podLevel(unready, 'Running', minute), 'pending');
  assert.equal(podLevel(unready, 'Running', minute + 1), 'problem');
});
