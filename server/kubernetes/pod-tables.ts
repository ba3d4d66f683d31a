import { SharedByKey } from '#lib/shared-by-key.ts';
import type { Cluster } from './cluster.ts';
import { type PodTableListener, type PodTableScope, PodTableWatch } from './pod-table-watch.ts';

/** A page that is reloaded comes back within this time and finds its table as it was, without a new list. */
const lingerMs = 10_000;

/** One watch per cluster and scope, however many tabs look at it. */
export class PodTables {
  readonly #watches = new SharedByKey<PodTableListener, PodTableWatch>({ lingerMs });

  listen(cluster: Cluster, scope: PodTableScope, listener: PodTableListener): () => void {
    const key = JSON.stringify([cluster.id, scope.namespace, scope.selector]);
    return this.#watches.listen(key, () => new PodTableWatch(cluster, scope), listener);
  }

  close(): void {
    this.#watches.close();
  }
}
