import type { ObjectStore } from '../store/object-store.ts';

/**
 * Calls `reconcile` after every change of these resources; changes that come at once make one call. It looks at all
 * there is each time: at a practice cluster's size that is cheaper than being clever.
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
