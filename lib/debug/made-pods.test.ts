import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madePodKind, madePodKindOf } from './made-pods.ts';

const pod = { name: 'web-1', labels: {}, owner: undefined, debugContainer: undefined };
const copy = { ...pod, labels: { 'ephemera/debugger': 'copy' }, debugContainer: 'debugger-x' };

test('pods of ours are known by their label, and kubectl’s on nodes by its label or their name', () => {
  assert.equal(madePodKind(pod), undefined);
  assert.equal(madePodKind(copy), 'copy');
  assert.equal(madePodKind({ ...pod, labels: { 'ephemera/debugger': 'node' } }), 'node');
  assert.equal(madePodKind({ ...pod, labels: { 'ephemera/debugger': 'other' } }), undefined);
  assert.equal(madePodKind({ ...pod, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } }), 'node');
  assert.equal(madePodKind({ ...pod, name: 'node-debugger-a-bcdfg' }), 'node');
  // A DaemonSet of that name is somebody's.
  assert.equal(madePodKind({ ...pod, name: 'node-debugger-a-bcdfg', owner: 'DaemonSet node-debugger-a' }), undefined);
  assert.equal(madePodKind({ ...copy, owner: 'ReplicaSet web' }), undefined);
});

test('only the debugger’s own end is the end of its pod', () => {
  assert.equal(madePodKindOf(copy, 'debugger-x'), 'copy');
  assert.equal(madePodKindOf(copy, 'web'), undefined);
  assert.equal(madePodKindOf({ ...pod, name: 'node-debugger-a-bcdfg' }, 'debugger'), 'node');
  assert.equal(madePodKindOf(pod, 'web'), undefined);
});
