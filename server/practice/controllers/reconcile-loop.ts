import type { ObjectStore } from '../store/object-store.ts';

/**
 * Calls `reconcile` after every change of these resources; changes at the same time make one call. `reconcile` looks at
 * all objects each time, which is cheap enough at the size of a practice cluster.
 */
export function reconcileOn(store: ObjectStore, resources: readonly string[], reconcile: () => void): () => void {
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    setImmediate(() => {
      isAsked = false;
      reconcile();
    });
  };
  const stops = resources.map((resource) => store.watch(resource, store.version, ask));
  ask();
  return () => {
    for (const stop of stops) stop();
  };
}
