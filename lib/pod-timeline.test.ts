import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toTimeline } from './pod-timeline.ts';
import type { ContainerDetail, PodDetail, PodEvent } from './pods.ts';

const container = (name: string, rest: Partial<ContainerDetail>): ContainerDetail =>
  ({ name, kind: 'main', image: 'web:1', lastEnd: undefined, ...rest }) as ContainerDetail;
const event = (reason: string, at: number, rest: Partial<PodEvent> = {}): PodEvent => ({
  uid: `${reason}${at}`,
  type: 'Normal',
  reason,
  message: '',
  count: 1,
  at,
  source: 'kubelet',
  container: undefined,
  ...rest,
});

test('events, starts, ends, debuggers and conditions stand in one line, the last first', () => {
  const pod = {
    createdAt: 1_000,
    owner: 'ReplicaSet web-1',
    conditions: [
      { type: 'Ready', isTrue: false, reason: 'ContainersNotReady', message: 'web is not', at: 40_000 },
      { type: 'PodScheduled', isTrue: true, reason: '', message: '', at: 2_000 },
    ],
    containers: [
      container('web', {
        state: { kind: 'running', startedAt: 30_000 },
        lastEnd: { kind: 'terminated', reason: 'Error', exitCode: 3, message: 'gone wrong\n', finishedAt: 20_000 },
      }),
      container('dbg', {
        kind: 'ephemeral',
        image: 'busybox',
        target: 'web',
        state: { kind: 'running', startedAt: 50_000 },
      }),
    ],
  } as unknown as PodDetail;
  const events = [
    event('Started', 31_000, { container: 'web' }),
    event('BackOff', 25_000, { type: 'Warning', count: 4 }),
  ];
  assert.deepEqual(
    toTimeline(pod, events).map(({ what, text, level }) => `${what} | ${text} | ${level}`),
    [
      'Debugger started | busybox, with the processes of web | done',
      'Not ready | ContainersNotReady: web is not | pending',
      'Started |  | done',
      'BackOff |  | problem',
      'Ended | Error, exit code 3: gone wrong | problem',
      'Created | by ReplicaSet web-1 | done',
    ],
  );
});

test('what no event tells any more is told by the status', () => {
  const pod = {
    createdAt: 0,
    conditions: [],
    containers: [container('web', { state: { kind: 'running', startedAt: 30_000 } })],
  } as unknown as PodDetail;
  assert.equal(toTimeline(pod, [])[0]?.what, 'Started');
});
