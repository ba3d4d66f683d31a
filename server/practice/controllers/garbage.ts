import { removeObject } from '../api/deletion.ts';
import { resources, storageKey } from '../api/resources.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { reconcileOn } from './reconcile-loop.ts';

const keys = resources.map(storageKey);

/** Removes objects whose owner or namespace is gone, and gives new namespaces their service account. */
export function startGarbageCollector(store: ObjectStore): () => void {
  return reconcileOn(
    store,
    keys.filter((key) => key !== 'events'),
    () => {
      const objects = keys.flatMap((key) => store.list(key).map((object) => ({ key, object })));
      const uids = new Set(objects.map(({ object }) => object.metadata.uid));
      const namespaces = new Set(store.list('namespaces').map(({ metadata }) => metadata.name));
      for (const { key, object } of objects) {
        const { namespace, ownerReferences = [], deletionTimestamp } = object.metadata;
        const isLost = namespace !== undefined && !namespaces.has(namespace);
        const isOrphan = ownerReferences.length > 0 && ownerReferences.every(({ uid }) => !uids.has(uid));
        if ((isLost || isOrphan) && deletionTimestamp === undefined) removeObject(store, { resource: key, object });
      }
      for (const namespace of namespaces) {
        if (store.get({ resource: 'serviceaccounts', namespace, name: 'default' }) === undefined)
          store.create('serviceaccounts', {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { name: 'default', namespace },
          });
      }
    },
  );
}
