import { type PodDetail, runningContainers } from '#lib/pods.ts';
import type { ProcessChange } from '#lib/processes/process-detail.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import { type ContainerProbes, mountsOf } from './pod-reading.ts';
import { probeContainers } from './probe.ts';

/** What a reading of all containers of a pod teaches of how to read it. */
export interface Survey {
  pod: PodDetail;
  mounts: ReadonlyMap<number, string>;
  /** One container for each pid namespace: the one that can read most. */
  readers: string[];
  unreadable: ProcessChange['unreadable'];
}

export async function surveyPod(cluster: Cluster, address: PodAddress): Promise<Survey & { probes: ContainerProbes }> {
  const pod = await getPod(cluster, address);
  const probes = await probeContainers(cluster, address, runningContainers(pod));
  return { ...toSurvey(pod, probes), probes };
}

/** Pure. `probes`: of all containers that run. */
export function toSurvey(pod: PodDetail, probes: ContainerProbes): Survey {
  const readers = new Map<number | string, { name: string; canRead: number }>();
  const unreadable: Survey['unreadable'] = [];
  for (const [name, result] of probes) {
    if (result.kind === 'unreadable') {
      unreadable.push({ container: name, why: result.why, next: result.next });
      continue;
    }
    const space = result.probe.own.pid ?? name;
    const canRead = result.probe.processes.filter(({ namespaces }) => namespaces.mnt !== undefined).length;
    if ((readers.get(space)?.canRead ?? -1) < canRead) readers.set(space, { name, canRead });
  }
  return { pod, mounts: mountsOf(probes), readers: [...readers.values()].map(({ name }) => name), unreadable };
}
