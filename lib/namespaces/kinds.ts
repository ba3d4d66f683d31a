/** The kinds of Linux namespaces, as they are named in /proc/<pid>/ns, in the order in which they are shown. */
export const namespaceKinds = ['net', 'ipc', 'uts', 'pid', 'mnt', 'user', 'cgroup', 'time'] as const;
export type NamespaceKind = (typeof namespaceKinds)[number];

/** What processes in one namespace of this kind have in common, in a few words. */
export const kindMeaning: Record<NamespaceKind, string> = {
  net: 'addresses, ports, routes, localhost',
  ipc: 'shared memory, semaphores, message queues',
  uts: 'host name',
  pid: 'process list and process ids',
  mnt: 'mounts: the file system',
  user: 'user and group ids, and what root may do',
  cgroup: 'the view of the cgroup tree',
  time: 'offsets of the monotonic and boot clocks',
};
