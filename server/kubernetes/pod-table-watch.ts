import type { KubernetesObject } from '@kubernetes/client-node';
import type { PodRow } from '#lib/pods.ts';
import { podChangesGatherMs } from '#lib/protocol/limits.ts';
import type { WatchState } from '#lib/watch-state.ts';
import type { Cluster } from './cluster.ts';
import { ListWatch } from './list-watch.ts';
import { toPodRow } from './pod-summary.ts';

export interface PodTableScope {
  namespace?: string | undefined;
  selector?: string | undefined;
}

export interface PodTableListener {
  onSnapshot(rows: PodRow[]): void;
  onChanged(changed: PodRow[], removed: string[]): void;
  onState(state: WatchState): void;
}

/** The rows of the pod table of one scope, kept current, for any number of listeners. */
export class PodTableWatch {
  readonly #rows = new Map<string, PodRow>();
  readonly #changed = new Map<string, PodRow>();
  readonly #removed = new Set<string>();
  readonly #listeners = new Set<PodTableListener>();
  readonly #watch: ListWatch<PodRow>;
  #state: WatchState = { kind: 'loading' };
  #hasSnapshot = false;
  #gathering: NodeJS.Timeout | undefined;

  constructor(cluster: Cluster, scope: PodTableScope) {
    this.#watch = new ListWatch<PodRow>({
      cluster,
      call: { resource: 'pods', namespace: scope.namespace, query: { labelSelector: scope.selector } },
      convert: (object: KubernetesObject) => toPodRow(object),
      sink: {
        onSnapshot: (rows) => this.#replace(rows),
        onChanged: (row) => this.#change(row),
        onRemoved: (row) => this.#remove(row),
        onState: (state) => this.#setState(state),
      },
    });
  }

  /** Tells the listener all there is, then every change, until the returned function is called. */
  listen(listener: PodTableListener): () => void {
    this.#flush();
    this.#listeners.add(listener);
    if (this.#hasSnapshot) listener.onSnapshot([...this.#rows.values()]);
    listener.onState(this.#state);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#watch.close();
    clearTimeout(this.#gathering);
  }

  #replace(rows: PodRow[]): void {
    this.#rows.clear();
    this.#changed.clear();
    this.#removed.clear();
    for (const row of rows) this.#rows.set(row.uid, row);
    this.#hasSnapshot = true;
    for (const listener of this.#listeners) listener.onSnapshot(rows);
  }

  #change(row: PodRow): void {
    // Most updates of a pod (probes, annotations) don't touch its row.
    const known = this.#rows.get(row.uid);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(row)) return;
    this.#rows.set(row.uid, row);
    this.#removed.delete(row.uid);
    this.#changed.set(row.uid, row);
    this.#gather();
  }

  #remove(row: PodRow): void {
    this.#rows.delete(row.uid);
    this.#changed.delete(row.uid);
    this.#removed.add(row.uid);
    this.#gather();
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => this.#flush(), podChangesGatherMs);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#changed.size === 0 && this.#removed.size === 0) return;
    const changed = [...this.#changed.values()];
    const removed = [...this.#removed];
    this.#changed.clear();
    this.#removed.clear();
    for (const listener of this.#listeners) listener.onChanged(changed, removed);
  }

  #setState(state: WatchState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener.onState(state);
  }
}
