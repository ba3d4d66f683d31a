import { existsSync } from 'node:fs';

/** Containers get a cgroup namespace of their own on cgroup v2, and the node's on v1: as containerd and runc do. */
export const hasCgroupNamespaces = existsSync('/sys/fs/cgroup/cgroup.controllers');
