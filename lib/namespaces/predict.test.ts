import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namespaceKinds } from './kinds.ts';
import { predictNamespaces, predictSandbox } from './predict.ts';

const plain = { hostNetwork: false, hostPID: false, hostIPC: false, hostUsers: true, shareProcessNamespace: false };

function owners(settings: typeof plain, container: { name: string; target?: string }) {
  const predicted = predictNamespaces(settings, container);
  return Object.fromEntries(namespaceKinds.map((kind) => [kind, predicted[kind].owner]));
}

test('a plain container shares net, ipc and uts with its pod and nothing else', () => {
  assert.deepEqual(owners(plain, { name: 'web' }), {
    net: 'pod',
    ipc: 'pod',
    uts: 'pod',
    pid: 'container:web',
    mnt: 'container:web',
    user: 'node',
    cgroup: 'container:web',
    time: 'node',
  });
});

test('a target gives the debugger the target’s pid namespace and leaves mnt its own', () => {
  const got = owners(plain, { name: 'debugger-x', target: 'web' });
  assert.equal(got['pid'], 'container:web');
  assert.equal(got['mnt'], 'container:debugger-x');
});

for (const [setting, owner] of [
  ['shareProcessNamespace', 'pod'],
  ['hostPID', 'node'],
] as const) {
  test(`under ${setting} the target changes nothing, and the sentence says so`, () => {
    const { pid } = predictNamespaces({ ...plain, [setting]: true }, { name: 'd', target: 'web' });
    assert.equal(pid.owner, owner);
    assert.match(pid.why, /target web changes nothing/);
  });
}

test('hostPID wins over shareProcessNamespace', () => {
  const both = { ...plain, hostPID: true, shareProcessNamespace: true };
  assert.equal(owners(both, { name: 'web' })['pid'], 'node');
});

test('hostNetwork takes uts along, hostIPC only ipc', () => {
  const network = owners({ ...plain, hostNetwork: true }, { name: 'web' });
  assert.deepEqual([network['net'], network['uts'], network['ipc']], ['node', 'node', 'pod']);
  const ipc = owners({ ...plain, hostIPC: true }, { name: 'web' });
  assert.deepEqual([ipc['net'], ipc['uts'], ipc['ipc']], ['pod', 'pod', 'node']);
});

test('hostUsers: false gives the pod its own user namespace', () => {
  assert.equal(owners({ ...plain, hostUsers: false }, { name: 'web' })['user'], 'pod');
});

test('the sandbox is in the shared pid namespace only where the pod shares it', () => {
  assert.equal(predictSandbox(plain).pid.owner, 'container:(sandbox)');
  assert.equal(predictSandbox({ ...plain, shareProcessNamespace: true }).pid.owner, 'pod');
});
