import {
  type NamespaceObservation,
  type ObservationSource,
  type ObservedContainer,
  sandboxColumn,
} from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import type { ObservedProcess } from '#lib/processes/observed-process.ts';
import { containerOfProcess } from './container-of-process.ts';
import { type RawProbe, withoutDescendants } from './probe-script.ts';

/** What one container sees, or why nobody knows. */
/** `mayPass`: the way to the container broke, or it was too slow; asked again, it may answer. */
export type ContainerProbe =
  | { kind: 'read'; probe: RawProbe }
  | { kind: 'unreadable'; why: string; next: string; mayPass: boolean };
/** By the containers' names. */
export type ContainerProbes = ReadonlyMap<string, ContainerProbe>;

/** What follows from the probes of all of a pod's containers. */
export function toObservation(pod: PodDetail, probes: ContainerProbes): NamespaceObservation {
  const processes = toProcesses(pod, probes, mountsOf(probes));
  const containers: Record<string, ObservedContainer> = {};
  for (const [name, result] of probes) containers[name] = observeContainer(name, result, processes);
  const sandbox = fromOutside(sandboxColumn, processes);
  if (sandbox !== undefined) containers[sandboxColumn] = sandbox;
  const at = Date.now();
  return { at, nodeStartedAt: at - uptimeOf(probes) * 1000, containers, processes, unlisted: unlistedOf(probes) };
}

/** How many processes were seen that are in no list; those that several containers see count once. */
export function unlistedOf(probes: ContainerProbes): number {
  const bySpace = new Map<number | string, number>();
  for (const [name, result] of probes) {
    if (result.kind !== 'read') continue;
    const space = spaceOf(name, result.probe);
    bySpace.set(space, Math.max(bySpace.get(space) ?? 0, result.probe.unlisted));
  }
  return [...bySpace.values()].reduce((sum, count) => sum + count, 0);
}

/** Containers that share a pid namespace see the same processes, also each other's probes. */
function spaceOf(seenFrom: string, { own }: RawProbe): number | string {
  return own.pid ?? seenFrom;
}

/** Seconds; 0 where nothing was read. */
export function uptimeOf(probes: ContainerProbes): number {
  return Math.max(
    0,
    ...[...probes.values()].map((result) => (result.kind === 'read' ? result.probe.uptimeSeconds : 0)),
  );
}

/** The mount namespaces that are known to be a container's, by inode: no two containers share one. */
export function mountsOf(probes: ContainerProbes): Map<number, string> {
  const mounts = new Map<number, string>();
  for (const [name, result] of probes) {
    if (result.kind === 'read' && result.probe.own.mnt !== undefined) mounts.set(result.probe.own.mnt, name);
  }
  return mounts;
}

/** Each process once, without those of the probes themselves. */
export function toProcesses(
  pod: PodDetail,
  probes: ContainerProbes,
  mounts: ReadonlyMap<number, string>,
): ObservedProcess[] {
  const read = [...probes].flatMap(([seenFrom, result]) =>
    result.kind === 'read' ? [{ seenFrom, probe: result.probe }] : [],
  );
  const seen = new Map<string, ObservedProcess>();
  for (const { seenFrom, probe } of read) {
    const space = spaceOf(seenFrom, probe);
    const shells = read
      .filter((other) => spaceOf(other.seenFrom, other.probe) === space)
      .map((other) => other.probe.self);
    for (const { cgroups, ...process } of withoutDescendants(probe.processes, new Set(shells))) {
      const container = containerOfProcess({ cgroups, ...process }, { pod, seenFrom, mounts });
      const key = `${space} ${process.pid}`;
      const known = seen.get(key);
      // The one that could read more tells of it.
      if (known === undefined || countOf(known) < countOf(process)) seen.set(key, { ...process, seenFrom, container });
    }
  }
  return [...seen.values()];
}

function observeContainer(name: string, result: ContainerProbe, processes: ObservedProcess[]): ObservedContainer {
  if (result.kind === 'read') return { source: { kind: 'exec', container: name }, namespaces: result.probe.own };
  const source: ObservationSource = { kind: 'unreadable', why: result.why, next: result.next };
  return fromOutside(name, processes) ?? { source, namespaces: {} };
}

/** What other containers saw of this one: its process of which most could be read. */
function fromOutside(name: string, processes: ObservedProcess[]): ObservedContainer | undefined {
  const [best] = processes
    .filter((process) => process.container === name)
    .sort((a, b) => countOf(b) - countOf(a) || a.pid - b.pid);
  if (best === undefined || countOf(best) === 0) return undefined;
  return { source: { kind: 'process', seenFrom: best.seenFrom, pid: best.pid }, namespaces: best.namespaces };
}

function countOf({ namespaces }: Pick<ObservedProcess, 'namespaces'>): number {
  return Object.keys(namespaces).length;
}
