import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namespaceKinds } from './kinds.ts';
import { type NodeProcess, type PodOnNode, toNodeNamespaces } from './of-node.ts';

const uid = '2f6ee29c-5b1a-4a53-9d4b-0f6c0f0e3a11';
const otherUid = '7d0a1c5e-0000-4000-8000-0123456789ab';
const id = 'a'.repeat(64);
const pods: PodOnNode[] = [
  {
    namespace: 'shop',
    name: 'web',
    uids: [uid],
    containers: [
      { name: 'sidecar', id: 'b'.repeat(64) },
      { name: 'web', id },
    ],
  },
  {
    namespace: 'kube-system',
    name: 'etcd',
    uids: [otherUid, '0'.repeat(32)],
    containers: [{ name: 'etcd', id: 'e'.repeat(64) }],
  },
];

function process(pid: number, about: Partial<NodeProcess> = {}): NodeProcess {
  return { pid, uid: 0, name: `p${pid}`, commandLine: '', namespaces: {}, cgroups: [], kubeletFolders: [], ...about };
}

function holdersOf(processes: NodeProcess[], kind: string, inode: number): string[] {
  const found = toNodeNamespaces(processes, pods).namespaces.find((one) => one.kind === kind && one.inode === inode);
  return (found?.pods ?? []).map(({ namespace, pod, uid, containers }) =>
    namespace === undefined ? uid : `${namespace}/${pod} ${containers.join(' ')}`,
  );
}

test('a process is of the pod in its cgroup, whatever driver wrote that', () => {
  const systemd = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`;
  const plain = `/kubepods/besteffort/pod${uid}/${id}`;
  // As it looks from a cgroup namespace below.
  const relative = `/../../kubepods/besteffort/pod${uid}/${'c'.repeat(64)}`;
  assert.deepEqual(holdersOf([process(7, { namespaces: { net: 2 }, cgroups: [systemd] })], 'net', 2), ['shop/web web']);
  assert.deepEqual(
    holdersOf(
      [
        process(7, { namespaces: { net: 2 }, cgroups: ['/', plain] }),
        process(8, { namespaces: { net: 2 }, cgroups: [relative] }),
      ],
      'net',
      2,
    ),
    ['shop/web web (sandbox)'],
  );
  const hash = `/kubepods/burstable/pod${'0'.repeat(32)}/${'e'.repeat(64)}`;
  assert.deepEqual(holdersOf([process(7, { namespaces: { mnt: 3 }, cgroups: [hash] })], 'mnt', 3), [
    'kube-system/etcd etcd',
  ]);
});

test('a cgroup that names the container alone is enough', () => {
  assert.deepEqual(holdersOf([process(7, { namespaces: { mnt: 3 }, cgroups: [`/k8s.io/${id}`] })], 'mnt', 3), [
    'shop/web web',
  ]);
});

test('a cluster in a container: the outer node’s pod counts', () => {
  const nested = `/kubepods/pod${uid}/${id}/kubelet/kubepods/pod${otherUid}/x`;
  assert.deepEqual(holdersOf([process(7, { namespaces: { mnt: 3 }, cgroups: [nested] })], 'mnt', 3), ['shop/web web']);
});

test('where no cgroup tells, the kubelet’s mounts do, and then the network', () => {
  const processes = [
    process(1, { namespaces: { net: 1, pid: 1 } }),
    process(7, { namespaces: { net: 2, pid: 7 }, kubeletFolders: [`/pods/${uid}/containers/${id}/termination-log`] }),
    process(6, { namespaces: { net: 2, pid: 6 } }),
    // On the node's network: of nobody who is known.
    process(9, { namespaces: { net: 1, pid: 1 }, kubeletFolders: [`/pods/${otherUid}/etc-hosts`] }),
    process(10, { namespaces: { net: 1, pid: 1 } }),
  ];
  assert.deepEqual(holdersOf(processes, 'pid', 6), ['shop/web (sandbox)']);
  assert.deepEqual(holdersOf(processes, 'net', 2), ['shop/web web (sandbox)']);
  assert.deepEqual(holdersOf(processes, 'pid', 1), ['kube-system/etcd (sandbox)']);
  const [net] = toNodeNamespaces(processes, pods).namespaces;
  assert.deepEqual(net && [net.inode, net.isOfNode, net.processes, net.others, net.first.command], [
    1,
    true,
    3,
    2,
    '[p1]',
  ]);
});

test('where process 1 may not be read, the kernel’s first thread tells what is the node’s own', () => {
  const processes = [
    process(1),
    process(2, { name: 'kthreadd', namespaces: { net: 1 } }),
    process(3, { namespaces: { net: 5 } }),
  ];
  const { namespaces } = toNodeNamespaces(processes, pods);
  assert.deepEqual(
    namespaces.map(({ inode, isOfNode }) => [inode, isOfNode]),
    [
      [1, true],
      [5, false],
    ],
  );
});

test('a network that two pods have tells of none', () => {
  const processes = [
    process(7, { namespaces: { net: 2 }, kubeletFolders: [`/pods/${uid}/etc-hosts`] }),
    process(8, { namespaces: { net: 2 }, kubeletFolders: [`/pods/${otherUid}/etc-hosts`] }),
    process(9, { namespaces: { net: 2, pid: 9 } }),
  ];
  assert.deepEqual(holdersOf(processes, 'pid', 9), []);
});

test('a pod that may not be listed is told by its uid; what can’t be read is counted', () => {
  const stranger = '11111111-2222-3333-4444-555555555555';
  const processes = [process(7, { namespaces: { net: 2 }, cgroups: [`/kubepods/pod${stranger}/x`] }), process(8)];
  assert.deepEqual(holdersOf(processes, 'net', 2), [stranger]);
  assert.equal(toNodeNamespaces(processes, pods).unreadable, 1);
});

test('every process is counted once in each of its namespaces, and held by a pod or by none', () => {
  const inode = fc.integer({ min: 1, max: 4 });
  const part = fc.constantFrom(
    uid,
    otherUid,
    uid.replaceAll('-', '_'),
    id,
    '/pod',
    'pod',
    '/',
    '..',
    'kubepods',
    '-',
    '/pods/',
  );
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  const any = fc.record({
    uid: fc.nat(3),
    name: fc.string({ maxLength: 3 }),
    commandLine: fc.string({ maxLength: 3 }),
    namespaces: fc.record({ net: inode, pid: inode, mnt: inode }, { requiredKeys: [] }),
    cgroups: fc.array(text, { maxLength: 2 }),
    kubeletFolders: fc.array(text, { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), (some) => {
      const processes = some.map((about, index) => process(index + 1, about));
      const { namespaces } = toNodeNamespaces(processes, pods);
      for (const kind of namespaceKinds) {
        const counted = namespaces.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.processes, 0);
        assert.equal(counted, processes.filter(({ namespaces: of }) => of[kind] !== undefined).length);
      }
      for (const { others, processes: count, pods: holders } of namespaces) {
        assert.equal(others < count, holders.length > 0);
        assert.ok(holders.length <= count - others);
        // Nobody is named whose uid, and whose container's id, is nowhere.
        for (const holder of holders)
          assert.ok(
            some.some(({ cgroups, kubeletFolders }) =>
              [...cgroups, ...kubeletFolders].some(
                (one) => one.replaceAll('_', '-').includes(holder.uid) || (holder.pod === 'web' && one.includes(id)),
              ),
            ),
          );
      }
    }),
    { numRuns: 100_000 },
  );
});
