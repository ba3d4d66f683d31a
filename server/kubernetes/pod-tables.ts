import type { Cluster } from './cluster.ts';
import { type PodTableListener, type PodTableScope, PodTableWatch } from './pod-table-watch.ts';

/** A page that is reloaded comes back within this time and finds its table as it was, without a new list. */
const lingerMs = 10_000;

/** One watch per cluster and scope, however many tabs look at it. */
export class PodTables {
  readonly #watches = new Map<Cluster, Map<string, PodTableWatch>>();

  listen(cluster: Cluster, scope: PodTableScope, listener: PodTableListener): () => void {
    const ofCluster = this.#watches.get(cluster) ?? new Map<string, PodTableWatch>();
    this.#watches.set(cluster, ofCluster);
    const key = JSON.stringify([scope.namespace, scope.selector]);
    const watch = ofCluster.get(key) ?? new PodTableWatch(cluster, scope);
    ofCluster.set(key, watch);
    const stop = watch.listen(listener);
    return () => {
      stop();
      setTimeout(() => this.#closeUnused(cluster, key), lingerMs).unref();
    };
  }

  close(): void {
    for (const ofCluster of this.#watches.values()) for (const watch of ofCluster.values()) watch.close();
    this.#watches.clear();
  }

  #closeUnused(cluster: Cluster, key: string): void {
    const ofCluster = this.#watches.get(cluster);
    const watch = ofCluster?.get(key);
    if (!watch?.isUnused) return;
    watch.close();
    ofCluster?.delete(key);
    if (ofCluster?.size === 0) this.#watches.delete(cluster);
  }
}
