import { sandboxColumn } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import type { RawProcess } from './probe-script.ts';

export interface ProcessContext {
  pod: PodDetail;
  /** The container through which the process was seen. */
  seenFrom: string;
  /** Mount namespaces that are known to be a container's, by inode. */
  mounts: ReadonlyMap<number, string>;
}

/**
 * Which container a process is of: by the container id in its cgroup's path, where the runtime shows it; else by its
 * mount namespace, which no two containers share. Undefined where neither tells (other pods' processes under hostPID).
 */
export function containerOfProcess(process: RawProcess, { pod, seenFrom, mounts }: ProcessContext): string | undefined {
  const ids = process.cgroups.flatMap((path) => path.match(/[0-9a-f]{64}/g) ?? []);
  const byId = pod.containers.find((container) => ids.some((id) => container.containerId?.endsWith(id)));
  if (byId !== undefined) return byId.name;
  const { mnt } = process.namespaces;
  const byMount = mnt === undefined ? undefined : mounts.get(mnt);
  if (byMount !== undefined) return byMount;
  // cgroup v2 with a view of its own: "/" is the root of the reader's own container.
  if (process.cgroups.length === 1 && process.cgroups[0] === '/' && process.pid !== 1) return seenFrom;
  const isSandbox = pod.settings.shareProcessNamespace && !pod.settings.hostPID && process.pid === 1;
  return isSandbox ? sandboxColumn : undefined;
}
