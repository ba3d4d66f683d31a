import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSnapshots } from './compare-snapshots.ts';
import type { NamespaceSnapshot } from './snapshot.ts';

const own = { net: 1, ipc: 2, uts: 3, user: 4, time: 5 };
const before: NamespaceSnapshot = {
  context: 'c',
  namespace: 'shop',
  pod: 'web-1',
  uid: 'u1',
  node: 'a',
  at: 0,
  containers: {
    web: { id: 'w1', inodes: { ...own, pid: 10, mnt: 11 } },
    helper: { id: 'h1', inodes: { ...own, pid: 20, mnt: 21 } },
  },
};
const helper = { id: 'h1', inodes: { ...own, pid: 20, mnt: 21 } };
const meanings = (now: Partial<NamespaceSnapshot>) => {
  const compared = compareSnapshots(before, { ...before, at: 1, ...now });
  assert.ok(compared.kind === 'comparable');
  return Object.fromEntries(compared.comparisons.map(({ title, meaning }) => [title, meaning]));
};

test('a container that was restarted is told, by its id and by new inodes, and so is a pod', () => {
  // The kernel has used the number of its mount namespace again.
  const containers = { web: { id: 'w2', inodes: { ...own, pid: 12, mnt: 11 } }, helper };
  assert.deepEqual(meanings({ containers }), {
    web: 'It has been restarted; the pod’s sandbox has not.',
    helper: 'It is the same: it has not been restarted.',
  });
  const anew = { web: { id: 'w2', inodes: { ...own, net: 7, pid: 12, mnt: 13 } } };
  assert.deepEqual(meanings({ containers: anew }), {
    web: 'The pod’s sandbox has been made anew, and it with it.',
    helper: 'It is not there any more, or can’t be read.',
  });
  const joined = { web: { id: 'w1', inodes: { ...own, pid: 20, mnt: 11 } }, helper };
  assert.equal(meanings({ containers: joined })['web'], 'It is the same container, in other namespaces than before.');
  assert.equal(meanings({ containers: anew, uid: 'u2' })['web'], 'Another pod has taken its name.');
});

test('another pod on the node shares what is the node’s', () => {
  const other = {
    ...before,
    pod: 'cart-1',
    uid: 'x',
    containers: { cart: { id: 'c', inodes: { ...own, net: 9, pid: 30, mnt: 31 } } },
  };
  const compared = compareSnapshots(before, other);
  assert.ok(compared.kind === 'comparable');
  assert.deepEqual(
    compared.comparisons.map(({ title, same, meaning }) => [title, same.join(), meaning]),
    [
      ['cart here, web of web-1', 'ipc,uts,user,time', 'What they share is the node’s; they are apart.'],
      ['cart here, helper of web-1', 'ipc,uts,user,time', 'What they share is the node’s; they are apart.'],
    ],
  );
});

test('inodes of two nodes, or of two clusters, are not compared', () => {
  const elsewhere = compareSnapshots(before, { ...before, node: 'b' });
  assert.deepEqual(elsewhere, {
    kind: 'incomparable',
    why: 'It is of node a: inode numbers mean something on one node alone.',
  });
  assert.equal(compareSnapshots(before, { ...before, context: 'd' }).kind, 'incomparable');
});
