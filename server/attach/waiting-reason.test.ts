import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerDetail, ContainerState, PodEvent } from '#lib/pods.ts';
import { explainTerminated, explainWaiting } from './waiting-reason.ts';

const container = (state: ContainerState): ContainerDetail => ({
  name: 'debugger-x',
  kind: 'ephemeral',
  image: 'none:1',
  containerId: undefined,
  state,
  lastEnd: undefined,
  ready: false,
  restarts: 0,
  stdin: true,
  tty: true,
  target: undefined,
  user: undefined,
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

test('each cause of a failed pull has its own advice', () => {
  // containerd's words, as they were seen or as its sources have them.
  for (const [said, advice] of [
    [
      'failed to resolve reference "x": dial tcp: lookup registry.invalid: no such host',
      /can’t find the registry’s name/,
    ],
    ['docker.io/library/x:9: not found', /no such image or tag/],
    ['pull access denied, repository does not exist or may require authorization: insufficient_scope', /pull secret/],
    ['failed to do request: tls: failed to verify certificate: x509: unknown authority', /doesn’t trust/],
    ['dial tcp 10.0.0.1:443: i/o timeout', /doesn’t reach the registry/],
    ['429 Too Many Requests - toomanyrequests: You have reached your pull rate limit', /no more be pulled/],
    ['no match for platform in manifest: not found', /processor/],
    ['write /var/lib/x: no space left on device', /disk is full/],
    ['something else', /Check the name and tag/],
  ] as const) {
    const { problem } = explainWaiting(unknown, [event('Failed', `Failed to pull image "none:1": ${said}`)], 0);
    assert.match(problem?.next ?? '', advice, said);
  }
});

test('what keeps a whole pod from starting is told as long as nothing is known of its container', () => {
  const ofPod = {
    ...event('FailedScheduling', '0/1 nodes are available: 1 Insufficient memory.'),
    container: undefined,
  };
  const { step, problem } = explainWaiting(unknown, [ofPod], 0);
  assert.equal(step, 'No node takes the pod');
  assert.match(problem?.message ?? '', /FailedScheduling.*Insufficient memory/);
  assert.equal(explainWaiting(unknown, [event('Pulling', 'x'), ofPod], 0).step, 'The node is pulling the image');
  assert.match(explainWaiting(unknown, [], 0, 'Init:0/2').step, /init containers \(Init:0\/2\)/);
});

test('how a process ended is told by its code, its target’s end, and what the node says', () => {
  const ended = (exitCode: number, reason = 'Error', finishedAt = 10_000): ContainerDetail =>
    container({ kind: 'terminated', reason, exitCode, finishedAt });
  assert.match(explainTerminated(ended(127)).why ?? '', /no such program/);
  assert.match(explainTerminated(ended(126)).why ?? '', /not executable/);
  assert.match(explainTerminated(ended(137)).why ?? '', /killed \(SIGKILL\)/);
  assert.match(explainTerminated(ended(137, 'OOMKilled')).why ?? '', /memory/);
  assert.equal(explainTerminated(ended(1)).why, undefined);
  const target = { ...ended(3, 'Error', 10_000), name: 'web' };
  assert.match(explainTerminated(ended(137), target).why ?? '', /^Its target web ended \(exit code 3\)/);
  const { state } = target;
  assert.ok(state.kind === 'terminated');
  const restarted = { ...container({ kind: 'running', startedAt: 11_000 }), name: 'web', lastEnd: state };
  assert.match(explainTerminated(ended(137), restarted).why ?? '', /^Its target web ended/);
  assert.match(explainTerminated(ended(137, 'Error', 60_000), restarted).why ?? '', /killed/);
});
