import type { V1Node, V1ObjectMeta } from '@kubernetes/client-node';
import type { NodeSummary, OwnerLink, PodOwners } from '#lib/owners.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { ApiCall } from './api-call.ts';
import type { Cluster } from './cluster.ts';
import type { PodAddress } from './pod-watch.ts';

/** Kinds that own pods, and each other; others are told by their names alone. */
const resources: Record<string, ApiCall['resource']> = {
  ReplicaSet: 'replicasets',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
};
/** Nobody nests deeper: pod, Job, CronJob, and something of an operator's above it. */
const maxDepth = 5;

/** As it comes over the wire, of any of these kinds. */
interface OwningObject {
  metadata?: V1ObjectMeta;
  spec?: { replicas?: number; completions?: number; schedule?: string };
  status?: {
    readyReplicas?: number;
    numberReady?: number;
    desiredNumberScheduled?: number;
    succeeded?: number;
    failed?: number;
    active?: number | unknown[];
  };
}

/** Follows a pod's owners up, and looks at its node. What may not be looked at is left out, or says so. */
export async function ownersOfPod(cluster: Cluster, { namespace, pod: name }: PodAddress): Promise<PodOwners> {
  const pod = await cluster.request<OwningObject & { spec?: { nodeName?: string } }>({
    verb: 'get',
    resource: 'pods',
    namespace,
    name,
  });
  const [owners, node] = await Promise.all([
    followOwners(cluster, namespace, pod.metadata),
    lookAtNode(cluster, pod.spec?.nodeName),
  ]);
  return { owners, node };
}

async function followOwners(cluster: Cluster, namespace: string, of: V1ObjectMeta | undefined): Promise<OwnerLink[]> {
  const owners: OwnerLink[] = [];
  let metadata = of;
  while (owners.length < maxDepth) {
    const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
    if (owner === undefined) break;
    const { kind, name } = owner;
    const resource = resources[kind];
    const found =
      resource &&
      (await cluster.request<OwningObject>({ verb: 'get', resource, namespace, name }).catch(unlessRefused));
    owners.push({ kind, name, state: found && describeOwner(kind, found) });
    metadata = found?.metadata;
  }
  return owners;
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof AppError && (error.code === 'forbidden' || error.code === 'not-found')) return undefined;
  throw error;
}

/** Pure. */
export function describeOwner(kind: string, { metadata, spec, status }: OwningObject): string {
  const isGoing = metadata?.deletionTimestamp === undefined ? '' : ', being deleted';
  return `${describeState(kind, spec ?? {}, status ?? {})}${isGoing}`;
}

function describeState(
  kind: string,
  spec: NonNullable<OwningObject['spec']>,
  status: NonNullable<OwningObject['status']>,
): string {
  if (kind === 'DaemonSet') return `${status.numberReady ?? 0} of ${status.desiredNumberScheduled ?? 0} ready`;
  if (kind === 'Job') {
    const failed = status.failed ? `, ${status.failed} failed` : '';
    return `${status.succeeded ?? 0} of ${spec.completions ?? 1} done${failed}`;
  }
  if (kind === 'CronJob') return `at ${spec.schedule ?? 'no time'}`;
  return `${status.readyReplicas ?? 0} of ${spec.replicas ?? 1} ready`;
}

async function lookAtNode(cluster: Cluster, name: string | undefined): Promise<PodOwners['node']> {
  if (name === undefined) return { kind: 'none' };
  try {
    const node = await cluster.request<V1Node>({ verb: 'get', resource: 'nodes', name });
    return { kind: 'read', node: toNodeSummary(node) };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'denied', error: toWireError(error) };
    throw error;
  }
}

/** Pure. */
export function toNodeSummary({ metadata, spec, status }: V1Node): NodeSummary {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  // MemoryPressure and its like: true is what is wrong.
  const pressures = conditions.filter((one) => one.type !== 'Ready' && one.status === 'True');
  return {
    name: metadata?.name ?? '',
    isReady: ready?.status === 'True',
    troubles: [
      ...(ready?.status === 'True' ? [] : [`not ready: ${ready?.message ?? ready?.reason ?? 'it says nothing'}`]),
      ...pressures.map(({ type, message }) => `${type}${message ? `: ${message}` : ''}`),
      ...(spec?.unschedulable ? ['cordoned: no new pods come to it'] : []),
    ],
    version: status?.nodeInfo?.kubeletVersion ?? '',
  };
}
