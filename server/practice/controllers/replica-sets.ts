import { podRules } from '../admission/pod-rules.ts';
import { removeObject } from '../api/deletion.ts';
import { newSuffix } from '../api/name-suffix.ts';
import { StatusError } from '../api/status.ts';
import type { EventRecorder } from '../kubelet/event-recorder.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { isPodReady, type Pod } from '../store/pod.ts';
import type { Workload } from '../store/workload.ts';
import { isOwnedBy, ownedMetadata } from './ownership.ts';
import { reconcileOn } from './reconcile-loop.ts';

/** Keeps as many pods for each ReplicaSet as its spec asks for. */
export function startReplicaSets(store: ObjectStore, events: EventRecorder): () => void {
  return reconcileOn(store, ['replicasets.apps', 'pods'], () => {
    for (const set of store.list('replicasets.apps')) reconcile(store, events, set);
  });
}

function reconcile(store: ObjectStore, events: EventRecorder, set: Workload): void {
  const own = store.list('pods', set.metadata.namespace).filter((pod) => isOwnedBy(pod, set));
  const living = own.filter(
    ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status.phase),
  );
  const missing = set.spec.replicas - living.length;
  for (let i = 0; i < missing; i++) if (!createPod(store, events, set)) break;
  for (const pod of byWorth(living).slice(0, Math.max(0, -missing))) {
    removeObject(store, { resource: 'pods', object: pod });
    events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
    });
  }
  writeStatus(store, set, living);
}

function createPod(store: ObjectStore, events: EventRecorder, set: Workload): boolean {
  const { metadata: { labels, annotations } = {}, spec = {} } = set.spec.template;
  const name = `${set.metadata.name}-${newSuffix()}`;
  try {
    const pod = podRules.onCreate(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          uid: '',
          resourceVersion: '',
          creationTimestamp: '',
          ...ownedMetadata(set, { name, labels, annotations }),
          generateName: `${set.metadata.name}-`,
        },
        spec: structuredClone(spec),
      },
      store,
    );
    store.create('pods', pod);
    events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${name}` });
    return true;
  } catch (error) {
    // Admission refused the pod, for example PodSecurity. An event says so, and the next change triggers another try.
    if (!(error instanceof StatusError)) throw error;
    events.record(set, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}` });
    return false;
  }
}

/** The pods to delete first come first: unscheduled pods, then those that are not ready, then the youngest. */
function byWorth(pods: Pod[]): Pod[] {
  const rank = (pod: Pod) => (pod.spec.nodeName === undefined ? 0 : isPodReady(pod) ? 2 : 1);
  return pods.toSorted(
    (a, b) => rank(a) - rank(b) || (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1),
  );
}

function writeStatus(store: ObjectStore, set: Workload, pods: Pod[]): void {
  const latest = store.get({
    resource: 'replicasets.apps',
    namespace: set.metadata.namespace,
    name: set.metadata.name,
  });
  if (latest === undefined) return;
  const ready = pods.filter(isPodReady).length;
  store.update('replicasets.apps', {
    ...latest,
    status: {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
      observedGeneration: latest.metadata.generation ?? 1,
    },
  });
}
