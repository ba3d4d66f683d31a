import { type ObjectStore, toTimestamp } from '../store/object-store.ts';
import type { Pod } from '../store/pod.ts';
import type { StoredObject } from '../store/stored-object.ts';

/** meta/v1 DeleteOptions, as far as it matters here. */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string };
  propagationPolicy?: string;
  orphanDependents?: boolean;
}

/** An object to delete, with its resource's key in the store. */
export interface Deletion {
  resource: string;
  object: StoredObject;
  options?: DeleteOptions;
}

/**
 * Deletes an object as the API server does. A pod on a node is only marked, and is removed after its containers have
 * ended. An object with finalizers is removed with its last finalizer.
 */
export function removeObject(store: ObjectStore, { resource, object: current, options = {} }: Deletion): StoredObject {
  const { name, namespace, finalizers = [] } = current.metadata;
  if (options.propagationPolicy === 'Orphan' || options.orphanDependents) orphanDependents(store, current);
  const grace = graceOf(resource, current, options);
  if (finalizers.length === 0 && grace === 0) return store.remove({ resource, namespace, name });
  const { deletionTimestamp, deletionGracePeriodSeconds = Number.POSITIVE_INFINITY } = current.metadata;
  // A second deletion can only shorten the wait.
  if (deletionTimestamp !== undefined && grace >= deletionGracePeriodSeconds) return current;
  return store.update(resource, {
    ...current,
    metadata: {
      ...current.metadata,
      generation: (current.metadata.generation ?? 0) + 1,
      deletionTimestamp: toTimestamp(new Date(Date.now() + grace * 1_000)),
      deletionGracePeriodSeconds: grace,
    },
  });
}

/** Removes an object if it was only waiting for its last finalizer. */
export function removeIfFinished(store: ObjectStore, resource: string, object: StoredObject): StoredObject {
  const { deletionTimestamp, finalizers = [], name, namespace } = object.metadata;
  const isWaiting = resource === 'pods' || finalizers.length > 0;
  return deletionTimestamp === undefined || isWaiting ? object : store.remove({ resource, namespace, name });
}

/** The grace period in seconds. Only pods on a node need one. */
function graceOf(resource: string, object: StoredObject, { gracePeriodSeconds }: DeleteOptions): number {
  if (resource !== 'pods') return 0;
  const { spec, status } = object as Pod;
  if (spec.nodeName === undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed') {
    // No container runs, but the node still has to remove the sandbox and logs of a finished pod.
    return spec.nodeName === undefined || gracePeriodSeconds === 0 ? 0 : 1;
  }
  return Math.max(0, gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30);
}

function orphanDependents(store: ObjectStore, { metadata }: StoredObject): void {
  for (const resource of ['pods', 'replicasets.apps']) {
    for (const object of store.list(resource, metadata.namespace)) {
      const { ownerReferences = [] } = object.metadata;
      const kept = ownerReferences.filter(({ uid }) => uid !== metadata.uid);
      if (kept.length !== ownerReferences.length)
        store.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences: kept } });
    }
  }
}
