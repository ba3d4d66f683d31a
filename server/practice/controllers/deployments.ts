import { createHash } from 'node:crypto';
import { alphabet } from '../api/name-suffix.ts';
import type { EventRecorder } from '../kubelet/event-recorder.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Workload } from '../store/workload.ts';
import { deploymentStatus, revision } from './deployment-status.ts';
import { isOwnedBy, ownedMetadata } from './ownership.ts';
import { reconcileOn } from './reconcile-loop.ts';

const hashLabel = 'pod-template-hash';

/** Keeps one ReplicaSet for each Deployment's template, and moves the replicas to it one by one. */
export function startDeployments(store: ObjectStore, events: EventRecorder): () => void {
  return reconcileOn(store, ['deployments.apps', 'replicasets.apps'], () => {
    for (const deployment of store.list('deployments.apps')) new Rollout(store, events, deployment).reconcile();
  });
}

/** One reconciliation of a Deployment with its ReplicaSets. */
class Rollout {
  readonly #store: ObjectStore;
  readonly #events: EventRecorder;
  readonly #deployment: Workload;

  constructor(store: ObjectStore, events: EventRecorder, deployment: Workload) {
    this.#store = store;
    this.#events = events;
    this.#deployment = deployment;
  }

  reconcile(): void {
    const deployment = this.#deployment;
    const sets = this.#store
      .list('replicasets.apps', deployment.metadata.namespace)
      .filter((set) => isOwnedBy(set, deployment));
    const hash = hashOf(deployment.spec.template);
    let current = sets.find(({ metadata }) => metadata.labels?.[hashLabel] === hash);
    const others = sets.filter((set) => set !== current);
    if (current === undefined) {
      current = this.#createSet(hash, others);
      if (current.spec.replicas > 0) this.#tellScaled(current, 0, current.spec.replicas);
    }
    this.#roll(current, others);
    this.#writeStatus(current, others);
  }

  #createSet(hash: string, others: Workload[]): Workload {
    const { template, selector, replicas } = this.#deployment.spec;
    const labels = { ...template.metadata?.labels, [hashLabel]: hash };
    const number = 1 + Math.max(0, ...others.map(({ metadata }) => Number(metadata.annotations?.[revision] ?? 0)));
    const annotations = {
      'deployment.kubernetes.io/desired-replicas': String(replicas),
      // The default maxSurge.
      'deployment.kubernetes.io/max-replicas': String(replicas + Math.ceil(replicas / 4)),
      [revision]: String(number),
    };
    const name = `${this.#deployment.metadata.name}-${hash}`;
    return this.#store.create('replicasets.apps', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { ...ownedMetadata(this.#deployment, { name, labels, annotations }), generation: 1 },
      spec: {
        // Without older pods to replace, all replicas start at once.
        replicas: others.every((set) => set.spec.replicas === 0) ? replicas : 0,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
      status: { replicas: 0 },
    });
  }

  /** Adds one new pod at a time, and removes one old pod for each new one that is ready, so pods never run out. */
  #roll(current: Workload, others: Workload[]): void {
    const wanted = this.#deployment.spec.replicas;
    const old = others.reduce((sum, set) => sum + set.spec.replicas, 0);
    const ready = Number(current.status.readyReplicas ?? 0);
    const isRecreate = this.#deployment.spec.strategy?.type === 'Recreate';
    const target = old === 0 ? wanted : isRecreate ? 0 : Math.min(wanted, ready + 1);
    this.#scale(current, target);
    let spare = isRecreate ? 0 : Math.max(0, wanted - ready);
    for (const set of others) {
      const kept = Math.min(set.spec.replicas, spare);
      spare -= kept;
      this.#scale(set, kept);
    }
  }

  #scale(set: Workload, replicas: number): void {
    const before = set.spec.replicas;
    if (before === replicas) return;
    const { name, namespace } = set.metadata;
    const latest = this.#store.get({ resource: 'replicasets.apps', namespace, name });
    if (latest === undefined) return;
    this.#store.update('replicasets.apps', {
      ...latest,
      metadata: { ...latest.metadata, generation: (latest.metadata.generation ?? 1) + 1 },
      spec: { ...latest.spec, replicas },
    });
    this.#tellScaled(set, before, replicas);
  }

  #tellScaled({ metadata }: Workload, before: number, after: number): void {
    const direction = after > before ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${metadata.name} from ${before} to ${after}`;
    this.#events.record(this.#deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message });
  }

  #writeStatus(current: Workload, others: Workload[]): void {
    const { namespace, name } = this.#deployment.metadata;
    const latest = this.#store.get({ resource: 'deployments.apps', namespace, name });
    if (latest === undefined) return;
    const status = deploymentStatus(latest, current, others);
    const annotations = {
      ...latest.metadata.annotations,
      [revision]: current.metadata.annotations?.[revision] ?? '1',
    };
    this.#store.update('deployments.apps', { ...latest, metadata: { ...latest.metadata, annotations }, status });
  }
}

/** Ten characters, like the 32-bit hashes of Kubernetes. */
function hashOf(template: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(template)).digest();
  return [...digest.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
