import { sandboxColumn } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import type { RawProcess } from './probe-script.ts';

type ToldProcess = Pick<RawProcess, 'pid' | 'cgroups' | 'namespaces'>;

export interface ProcessContext {
  pod: PodDetail;
  /** The container through which the process was seen. */
  seenFrom: string;
  /** Mount namespaces that are known to be a container's, by inode. */
  mounts: ReadonlyMap<number, string>;
}

/**
 * Which container a process is of: by the container id in its cgroup's path, where the runtime shows it; by its mount
 * namespace, which no two containers share; else by who is left. Undefined where none of them tells (other pods'
 * processes under hostPID).
 */
export function containerOfProcess(process: ToldProcess, context: ProcessContext): string | undefined {
  const { pod, seenFrom, mounts } = context;
  const ids = process.cgroups.flatMap((path) => path.match(/[0-9a-f]{64}/g) ?? []);
  const byId = pod.containers.find((container) => ids.some((id) => container.containerId?.endsWith(id)));
  if (byId !== undefined) return byId.name;
  const { mnt } = process.namespaces;
  const byMount = mnt === undefined ? undefined : mounts.get(mnt);
  if (byMount !== undefined) return byMount;
  const { shareProcessNamespace, hostPID } = pod.settings;
  if (shareProcessNamespace && !hostPID && process.pid === 1) return sandboxColumn;
  const byExclusion = hostPID ? undefined : onlyOneLeft(process, context);
  if (byExclusion !== undefined) return byExclusion;
  // cgroup v2 with a view of its own: "/" is the root of the reader's own container.
  const isInOwnRoot = process.cgroups.length === 1 && process.cgroups[0] === '/';
  return isInOwnRoot && process.pid !== 1 && mnt === undefined ? seenFrom : undefined;
}

/**
 * In one process namespace there are only the containers that the kubelet put there. A process in a mount namespace of
 * nobody who is known is of the only one that is not known; and where containers have their own, PID 1 is the target.
 */
function onlyOneLeft(process: ToldProcess, { pod, seenFrom, mounts }: ProcessContext): string | undefined {
  const running = pod.containers.filter(({ state }) => state.kind === 'running');
  const reader = running.find(({ name }) => name === seenFrom);
  const target = reader?.target || seenFrom;
  const isShared = pod.settings.shareProcessNamespace;
  if (!isShared && process.pid === 1) return target;
  if (process.namespaces.mnt === undefined) return undefined;
  const known = new Set(mounts.values());
  const left = running.filter(
    (container) => !known.has(container.name) && (isShared || container.name === target || container.target === target),
  );
  return left.length === 1 ? left[0]?.name : undefined;
}
