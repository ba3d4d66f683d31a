import type { CoreV1Event, KubernetesObject } from '@kubernetes/client-node';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import { SharedByKey } from '#lib/shared-by-key.ts';
import type { WatchState } from '#lib/watch-state.ts';
import type { Cluster } from './cluster.ts';
import { toPodEvent } from './event-summary.ts';
import { ListWatch } from './list-watch.ts';
import { toPodDetail } from './pod-summary.ts';

export interface PodAddress {
  namespace: string;
  pod: string;
}

export interface PodListener {
  /** Knows the pod from elsewhere: is told what changes, not what it is now. */
  knowsPod?: boolean;
  /** null: no such pod (any more). */
  onPod(pod: PodDetail | null): void;
  onEvents(events: PodEvent[]): void;
  onState?(state: WatchState): void;
}

/** Events older than the last hour are gone by default; more than this many is noise of one broken pod. */
const maxEvents = 200;

/** The pods that somebody watches. */
const watches = new SharedByKey<PodListener, SharedPodWatch>();

/** Watches one pod and its events; all who watch the same pod share one watch of each. */
export function watchPod(cluster: Cluster, address: PodAddress, listener: PodListener): { close(): void } {
  return {
    close: watches.listen(keyOf(cluster, address), () => new SharedPodWatch(cluster, address), listener),
  };
}

/** The pod as somebody watches it right now; undefined where nobody does, or the watch is not up to date. */
export function watchedPod(cluster: Cluster, address: PodAddress): PodDetail | undefined {
  return watches.get(keyOf(cluster, address))?.current;
}

function keyOf(cluster: Cluster, { namespace, pod }: PodAddress): string {
  return `${cluster.id}/${namespace}/${pod}`;
}

class SharedPodWatch {
  readonly #listeners = new Set<PodListener>();
  readonly #watches: { close(): void }[];
  #pod: PodDetail | null | undefined;
  #events: PodEvent[] | undefined;
  #state: WatchState = { kind: 'loading' };

  constructor(cluster: Cluster, address: PodAddress) {
    const pod = watchPodObject(cluster, address, {
      onPod: (now) => {
        this.#pod = now;
        for (const { onPod } of this.#listeners) onPod(now);
      },
      onState: (state) => {
        this.#state = state;
        for (const { onState } of this.#listeners) onState?.(state);
      },
    });
    const events = watchPodEvents(cluster, address, (now) => {
      this.#events = now;
      for (const { onEvents } of this.#listeners) onEvents(now);
    });
    this.#watches = [pod, events];
  }

  get current(): PodDetail | undefined {
    return this.#state.kind === 'live' ? (this.#pod ?? undefined) : undefined;
  }

  listen(listener: PodListener): () => void {
    this.#listeners.add(listener);
    listener.onState?.(this.#state);
    if (this.#pod !== undefined && !listener.knowsPod) listener.onPod(this.#pod);
    if (this.#events !== undefined) listener.onEvents(this.#events);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const watch of this.#watches) watch.close();
  }
}

function watchPodObject(
  cluster: Cluster,
  { namespace, pod: name }: PodAddress,
  { onPod, onState }: Required<Pick<PodListener, 'onPod' | 'onState'>>,
): ListWatch<PodDetail> {
  return new ListWatch<PodDetail>({
    cluster,
    call: { resource: 'pods', namespace, query: { fieldSelector: `metadata.name=${name}` } },
    convert: (object: KubernetesObject) => toPodDetail(object),
    sink: {
      onSnapshot: ([pod]) => onPod(pod ?? null),
      onChanged: onPod,
      onRemoved: () => onPod(null),
      onState,
    },
  });
}

/** A user who may not read events still gets the pod: the state of this watch is not the pod's. */
function watchPodEvents(
  cluster: Cluster,
  { namespace, pod }: PodAddress,
  onEvents: (events: PodEvent[]) => void,
): ListWatch<PodEvent> {
  const byUid = new Map<string, PodEvent>();
  // Newest first; their times have whole seconds, so within one the order in which they came decides.
  const tell = () =>
    onEvents(
      [...byUid.values()]
        .reverse()
        .sort((a, b) => b.at - a.at)
        .slice(0, maxEvents),
    );
  return new ListWatch<PodEvent>({
    cluster,
    call: {
      resource: 'events',
      namespace,
      query: { fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${pod}` },
    },
    convert: (object: KubernetesObject) => toPodEvent(object as CoreV1Event),
    sink: {
      onSnapshot(events) {
        byUid.clear();
        for (const event of events) byUid.set(event.uid, event);
        tell();
      },
      onChanged(event) {
        // A Map keeps the place of a known key; one that happened again is the latest.
        byUid.delete(event.uid);
        byUid.set(event.uid, event);
        tell();
      },
      onRemoved(event) {
        byUid.delete(event.uid);
        tell();
      },
      onState() {},
    },
  });
}
