import { createHash } from 'node:crypto';
import { alphabet } from '../api/name-suffix.ts';
import type { EventRecorder } from '../kubelet/event-recorder.ts';
import { type ObjectStore, toTimestamp } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { isOwnedBy, ownedMetadata, type Workload } from './ownership.ts';
import { reconcileOn } from './reconcile-loop.ts';

const revision = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** Keeps one ReplicaSet for the template of each Deployment, and moves the replicas to it one by one. */
export function startDeployments(store: ObjectStore, events: EventRecorder): () => void {
  return reconcileOn(store, ['deployments.apps', 'replicasets.apps'], () => {
    for (const deployment of store.list('deployments.apps') as Workload[]) reconcile(store, events, deployment);
  });
}

function reconcile(store: ObjectStore, events: EventRecorder, deployment: Workload): void {
  const sets = (store.list('replicasets.apps', deployment.metadata.namespace) as Workload[]).filter((set) =>
    isOwnedBy(set, deployment),
  );
  const hash = hashOf(deployment.spec.template);
  let current = sets.find(({ metadata }) => metadata.labels?.[hashLabel] === hash);
  const others = sets.filter((set) => set !== current);
  if (current === undefined) {
    current = createSet(store, deployment, hash, others);
    if (current.spec.replicas > 0) tellScaled(events, deployment, current.metadata.name, 0, current.spec.replicas);
  }
  roll(store, events, deployment, current, others);
  writeStatus(store, deployment, current, others);
}

function createSet(store: ObjectStore, deployment: Workload, hash: string, others: Workload[]): Workload {
  const { template, selector, replicas } = deployment.spec;
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const number = 1 + Math.max(0, ...others.map(({ metadata }) => Number(metadata.annotations?.[revision] ?? 0)));
  return store.create('replicasets.apps', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...ownedMetadata(deployment, `${deployment.metadata.name}-${hash}`, labels, {
        'deployment.kubernetes.io/desired-replicas': String(replicas),
        // The default maxSurge.
        'deployment.kubernetes.io/max-replicas': String(replicas + Math.ceil(replicas / 4)),
        [revision]: String(number),
      }),
      generation: 1,
    },
    spec: {
      // With nothing to take the place of, all at once.
      replicas: others.every((set) => set.spec.replicas === 0) ? replicas : 0,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  }) as Workload;
}

/** One more of the new, and one less of the old for each of the new that is ready: nobody is left without a pod. */
function roll(
  store: ObjectStore,
  events: EventRecorder,
  deployment: Workload,
  current: Workload,
  others: Workload[],
): void {
  const wanted = deployment.spec.replicas;
  const old = others.reduce((sum, set) => sum + set.spec.replicas, 0);
  const ready = Number(current.status['readyReplicas'] ?? 0);
  const strategy = (deployment.spec['strategy'] as { type?: string } | undefined)?.type;
  const isRecreate = strategy === 'Recreate';
  const target = old === 0 ? wanted : isRecreate ? 0 : Math.min(wanted, ready + 1);
  scale(store, events, deployment, current, target);
  let spare = isRecreate ? 0 : Math.max(0, wanted - ready);
  for (const set of others) {
    const kept = Math.min(set.spec.replicas, spare);
    spare -= kept;
    scale(store, events, deployment, set, kept);
  }
}

function scale(store: ObjectStore, events: EventRecorder, deployment: Workload, set: Workload, replicas: number): void {
  const before = set.spec.replicas;
  if (before === replicas) return;
  const { name, namespace } = set.metadata;
  const latest = store.get({ resource: 'replicasets.apps', namespace, name }) as Workload | undefined;
  if (latest === undefined) return;
  store.update('replicasets.apps', {
    ...latest,
    metadata: { ...latest.metadata, generation: (latest.metadata.generation ?? 1) + 1 },
    spec: { ...latest.spec, replicas },
  });
  tellScaled(events, deployment, name, before, replicas);
}

function tellScaled(events: EventRecorder, deployment: Workload, name: string, before: number, after: number): void {
  const direction = after > before ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${name} from ${before} to ${after}`;
  events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
}

function writeStatus(store: ObjectStore, deployment: Workload, current: Workload, others: Workload[]): void {
  const { namespace, name } = deployment.metadata;
  const latest = store.get({ resource: 'deployments.apps', namespace, name }) as Workload | undefined;
  if (latest === undefined) return;
  const sum = (field: string, sets: Workload[]) =>
    sets.reduce((total, set) => total + Number(set.status[field] ?? 0), 0);
  const all = [current, ...others];
  const ready = sum('readyReplicas', all);
  const updated = sum('replicas', [current]);
  const missing = Math.max(0, latest.spec.replicas - ready);
  const isDone = missing === 0 && sum('replicas', others) === 0;
  const status = {
    observedGeneration: latest.metadata.generation ?? 1,
    ...(sum('replicas', all) > 0 ? { replicas: sum('replicas', all) } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
    ...(missing > 0 ? { unavailableReplicas: missing } : {}),
    conditions: [
      condition(
        latest,
        'Available',
        missing === 0,
        missing === 0 ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        `Deployment ${missing === 0 ? 'has' : 'does not have'} minimum availability.`,
      ),
      condition(
        latest,
        'Progressing',
        true,
        isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        `ReplicaSet "${current.metadata.name}" ${isDone ? 'has successfully progressed' : 'is progressing'}.`,
      ),
    ],
  };
  const annotations = { ...latest.metadata.annotations, [revision]: current.metadata.annotations?.[revision] ?? '1' };
  store.update('deployments.apps', { ...latest, metadata: { ...latest.metadata, annotations }, status });
}

function condition(deployment: StoredObject, type: string, isTrue: boolean, reason: string, message: string) {
  const before = (
    deployment['status'] as
      | {
          conditions?: {
            type: string;
            status: string;
            reason: string;
            lastTransitionTime: string;
            lastUpdateTime: string;
          }[];
        }
      | undefined
  )?.conditions?.find((one) => one.type === type);
  const status = isTrue ? 'True' : 'False';
  const now = toTimestamp(new Date());
  return {
    type,
    status,
    lastUpdateTime: before?.status === status && before.reason === reason ? before.lastUpdateTime : now,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
    reason,
    message,
  };
}

/** Ten characters, as a hash of 32 bits looks in Kubernetes. */
function hashOf(template: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(template)).digest();
  return [...digest.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
