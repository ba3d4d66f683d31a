import {
  type NamespaceObservation,
  type ObservationSource,
  type ObservedContainer,
  type ObservedProcess,
  sandboxColumn,
} from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { StreamEnd } from '../kubernetes/container-stream.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import { getPod } from '../kubernetes/pods.ts';
import { containerOfProcess } from './container-of-process.ts';
import { execOutput } from './exec-output.ts';
import { parseProbe, probeScript, type RawProbe } from './probe-script.ts';

/** An exec of this script takes 0.2 s; a node under load is given fifty times that. 2,000 processes print under 2 MB. */
const limits = { timeoutMs: 10_000, maxBytes: 8 * 1024 * 1024 };

type ContainerProbe = { kind: 'read'; probe: RawProbe } | { kind: 'unreadable'; why: string; next: string };

/** Reads the namespaces of all that can be reached in a pod, through a shell in each container that has one. */
export async function probePod(cluster: Cluster, address: PodAddress): Promise<NamespaceObservation> {
  const pod = await getPod(cluster, address);
  const running = pod.containers.filter((container) => container.state.kind === 'running');
  const probes = new Map(
    await Promise.all(
      running.map(async ({ name }) => [name, await probeContainer(cluster, { ...address, container: name })] as const),
    ),
  );
  return toObservation(pod, probes);
}

async function probeContainer(cluster: Cluster, address: PodAddress & { container: string }): Promise<ContainerProbe> {
  try {
    const { stdout, end } = await execOutput(cluster, address, ['sh', '-c', probeScript], limits);
    if (end.kind !== 'exit') return explainRefusal(address.container, end);
    const probe = parseProbe(stdout);
    if (probe.isComplete) return { kind: 'read', probe };
    return unreadable(address.container, 'its shell did not run the probe to its end');
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unreadable', why: error.message, next: error.next ?? 'Try again.' };
    return unreadable(address.container, error instanceof Error ? error.message : String(error));
  }
}

function explainRefusal(container: string, end: Exclude<StreamEnd, { kind: 'exit' }>): ContainerProbe {
  if (end.kind === 'failed') {
    if (end.error instanceof AppError)
      return { kind: 'unreadable', why: end.error.message, next: end.error.next ?? 'Try again.' };
    return unreadable(container, end.error.message);
  }
  if (/executable file not found|no such file/.test(end.message))
    return unreadable(container, 'its image has no shell');
  return unreadable(container, end.message);
}

function unreadable(container: string, why: string): ContainerProbe {
  return {
    kind: 'unreadable',
    why: `${container} can’t be read from inside: ${why}.`,
    next: `Start a debugger with target ${container} and profile general; it reads ${container} from outside.`,
  };
}

/** Pure: what follows from the probes of a pod's containers. */
export function toObservation(pod: PodDetail, probes: ReadonlyMap<string, ContainerProbe>): NamespaceObservation {
  const mounts = new Map<number, string>();
  for (const [name, result] of probes) {
    if (result.kind === 'read' && result.probe.own.mnt !== undefined) mounts.set(result.probe.own.mnt, name);
  }
  const seen = new Map<string, ObservedProcess>();
  for (const [seenFrom, result] of probes) {
    if (result.kind !== 'read') continue;
    for (const { cgroups, ...process } of result.probe.processes) {
      const container = containerOfProcess({ cgroups, ...process }, { pod, seenFrom, mounts });
      // Containers that share a pid namespace see the same processes; the one that could read more tells of it.
      const key = `${result.probe.own.pid ?? seenFrom} ${process.pid}`;
      const known = seen.get(key);
      if (known === undefined || countOf(known) < countOf(process)) seen.set(key, { ...process, seenFrom, container });
    }
  }
  const processes = [...seen.values()];
  const containers: Record<string, ObservedContainer> = {};
  for (const [name, result] of probes) containers[name] = observeContainer(name, result, processes);
  const sandbox = fromOutside(sandboxColumn, processes);
  if (sandbox !== undefined) containers[sandboxColumn] = sandbox;
  return { at: Date.now(), containers, processes };
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
