import { existsSync } from 'node:fs';

/** Containers get their own cgroup namespace on cgroup v2, and the node's on v1, as with containerd and runc. */
export const hasCgroupNamespaces = existsSync('/sys/fs/cgroup/cgroup.controllers');
