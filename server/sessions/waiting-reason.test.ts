import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerDetail, ContainerState, PodEvent } from '#lib/pods.ts';
import { explainWaiting } from './waiting-reason.ts';

const container = (state: ContainerState): ContainerDetail => ({
  name: 'debugger-x',
  kind: 'ephemeral',
  image: 'none:1',
  containerId: undefined,
  state,
  ready: false,
  restarts: 0,
  stdin: true,
  tty: true,
  target: undefined,
  addedCapabilities: [],
  privileged: false,
});
const event = (reason: string, message: string, at = 100, name = 'debugger-x'): PodEvent => ({
  uid: `${reason}${message}`,
  type: 'Normal',
  reason,
  message,
  count: 1,
  at,
  source: 'kubelet',
  container: name,
});
const unknown = container({ kind: 'unknown' });
const pullFailed = event('Failed', 'Failed to pull image "none:1": no such host');

test('the step follows the latest event of this container alone', () => {
  const events = [
    event('Failed', 'Error: x', 100, 'web'),
    event('Pulling', 'Pulling image "none:1"'),
    event('Scheduled', 'x'),
  ];
  assert.deepEqual(explainWaiting(unknown, events, 0), {
    step: 'The node is pulling the image',
    detail: 'Pulling image "none:1"',
  });
});

test('an event of an earlier start is not looked at', () => {
  assert.equal(explainWaiting(unknown, [event('Failed', 'Error: x', 99)], 100).problem, undefined);
});

test('a failed pull is told by its event, before the pod’s status knows', () => {
  const { problem } = explainWaiting(
    unknown,
    [event('BackOff', 'Back-off pulling image'), event('Failed', 'Error: ErrImagePull'), pullFailed],
    0,
  );
  assert.equal(problem?.code, 'image');
  assert.match(problem.message, /^The node can't pull none:1: no such host$/);
});

test('the state in the pod’s status counts as well', () => {
  const waiting = container({ kind: 'waiting', reason: 'ImagePullBackOff', message: 'Back-off: denied' });
  assert.match(explainWaiting(waiting, [], 0).problem?.message ?? '', /ImagePullBackOff.*denied/);
});

test('runAsNonRoot and a missing program each get their advice', () => {
  const root = explainWaiting(
    unknown,
    [event('Failed', 'Error: container has runAsNonRoot and image will run as root')],
    0,
  );
  assert.match(root.problem?.message ?? '', /can't be started: container has runAsNonRoot/);
  assert.match(root.problem?.next ?? '', /numeric user/);
  const missing = explainWaiting(
    unknown,
    [event('Failed', 'Error: exec: "bash": executable file not found in $PATH')],
    0,
  );
  assert.match(missing.problem?.next ?? '', /no such program/);
});

test('a pull that succeeded after all is not a problem any more', () => {
  const events = [event('Pulled', 'Successfully pulled'), pullFailed];
  assert.equal(explainWaiting(unknown, events, 0).problem, undefined);
});
