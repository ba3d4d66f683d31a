import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxColumn } from '#lib/namespaces/observation.ts';
import type { ContainerDetail, PodDetail } from '#lib/pods.ts';
import { containerOfProcess } from './container-of-process.ts';

const id = 'a'.repeat(64);

function pod(names: [name: string, target?: string][], settings: Partial<PodDetail['settings']> = {}): PodDetail {
  const containers = names.map(([name, target]) => ({
    name,
    target,
    containerId: name === 'web' ? `containerd://${id}` : undefined,
    state: { kind: 'running', startedAt: 0 },
  })) as ContainerDetail[];
  return { containers, settings: { shareProcessNamespace: false, hostPID: false, ...settings } } as PodDetail;
}

function process(pid: number, mnt?: number, cgroups: string[] = ['/']) {
  return { pid, cgroups, namespaces: mnt === undefined ? {} : { mnt } };
}

const debuggerPod = pod([['web'], ['dbg', 'web']]);
const seenFromDebugger = { pod: debuggerPod, seenFrom: 'dbg', mounts: new Map([[2, 'dbg']]) };

test('the id in the cgroup decides, then the mount namespace', () => {
  assert.equal(containerOfProcess(process(7, 2, [`/kubepods/${id}`]), seenFromDebugger), 'web');
  assert.equal(containerOfProcess(process(7, 2), seenFromDebugger), 'dbg');
});

test('a debugger sees its target: PID 1, and what is in nobody else’s mount namespace', () => {
  assert.equal(containerOfProcess(process(1), seenFromDebugger), 'web');
  assert.equal(containerOfProcess(process(9, 3), seenFromDebugger), 'web');
});

test('with two that could be meant, only PID 1 is certain', () => {
  const context = { ...seenFromDebugger, pod: pod([['web'], ['dbg', 'web'], ['other', 'web']]) };
  assert.equal(containerOfProcess(process(1, 3), context), 'web');
  assert.equal(containerOfProcess(process(9, 3), context), undefined);
});

test('in a shared process namespace PID 1 is the sandbox, and the one container that is left has the rest', () => {
  const context = {
    pod: pod([['nginx'], ['shell']], { shareProcessNamespace: true }),
    seenFrom: 'shell',
    mounts: new Map([[2, 'shell']]),
  };
  assert.equal(containerOfProcess(process(1, 5), context), sandboxColumn);
  assert.equal(containerOfProcess(process(9, 3), context), 'nginx');
  assert.equal(containerOfProcess(process(9, undefined, ['/user.slice']), context), undefined);
});

test('under hostPID nothing follows from who is left', () => {
  const context = { ...seenFromDebugger, pod: pod([['web'], ['dbg', 'web']], { hostPID: true }) };
  assert.equal(containerOfProcess(process(1, 3, ['/init']), context), undefined);
});
