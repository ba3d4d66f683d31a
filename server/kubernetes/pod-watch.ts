import type { CoreV1Event, KubernetesObject } from '@kubernetes/client-node';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import type { WatchState } from '#lib/protocol/events.ts';
import type { Cluster } from './cluster.ts';
import { toPodEvent } from './event-summary.ts';
import { ListWatch } from './list-watch.ts';
import { toPodDetail } from './pod-summary.ts';

export interface PodAddress {
  namespace: string;
  pod: string;
}

export interface PodListener {
  /** null: no such pod (any more). */
  onPod(pod: PodDetail | null): void;
  onEvents?(events: PodEvent[]): void;
  onState?(state: WatchState): void;
}

/** Events older than the last hour are gone by default; more than this many is noise of one broken pod. */
const maxEvents = 200;

/** Watches one pod and, where the listener wants them, its events. */
export function watchPod(cluster: Cluster, address: PodAddress, listener: PodListener): { close(): void } {
  const pod = watchPodObject(cluster, address, listener);
  const events = listener.onEvents ? watchPodEvents(cluster, address, listener.onEvents) : undefined;
  return {
    close() {
      pod.close();
      events?.close();
    },
  };
}

function watchPodObject(
  cluster: Cluster,
  { namespace, pod: name }: PodAddress,
  listener: PodListener,
): ListWatch<PodDetail> {
  return new ListWatch<PodDetail>({
    cluster,
    call: { resource: 'pods', namespace, query: { fieldSelector: `metadata.name=${name}` } },
    convert: (object: KubernetesObject) => toPodDetail(object),
    sink: {
      onSnapshot: ([pod]) => listener.onPod(pod ?? null),
      onChanged: (pod) => listener.onPod(pod),
      onRemoved: () => listener.onPod(null),
      onState: (state) => listener.onState?.(state),
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
