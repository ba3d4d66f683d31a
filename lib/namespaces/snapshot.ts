import type { PodDetail } from '../pods.ts';
import type { NamespaceKind } from './kinds.ts';
import type { NamespaceObservation } from './observation.ts';

/** A kind is missing where it was not read. */
export type Inodes = Partial<Record<NamespaceKind, number>>;

export interface SnapshotContainer {
  /** The runtime's; undefined: the sandbox's is not known. */
  id: string | undefined;
  inodes: Inodes;
}

/** A pod's namespaces as they were read at one time. */
export interface NamespaceSnapshot {
  context: string;
  namespace: string;
  pod: string;
  uid: string;
  node: string | undefined;
  /** Milliseconds since 1970. */
  at: number;
  containers: Record<string, SnapshotContainer>;
}

type SnapshotPod = Pick<PodDetail, 'namespace' | 'name' | 'uid' | 'node' | 'containers'>;

export function toSnapshot(context: string, pod: SnapshotPod, observation: NamespaceObservation): NamespaceSnapshot {
  const { namespace, name, uid, node } = pod;
  const ids = new Map(pod.containers.map((container) => [container.name, container.containerId]));
  const containers = Object.entries(observation.containers).map(
    ([container, { namespaces }]) => [container, { id: ids.get(container), inodes: namespaces }] as const,
  );
  return { context, namespace, pod: name, uid, node, at: observation.at, containers: Object.fromEntries(containers) };
}
