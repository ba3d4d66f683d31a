import type { PodDetail, PodEvent } from '#lib/pods.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { watch } from '../connection/watch.ts';
import type { PodLink } from '../links/pod-links.ts';

export interface PodView {
  /** undefined: not known yet; null: the pod does not exist, or no longer. */
  pod: PodDetail | null | undefined;
  /** The pod as it last was, also after it is gone. */
  last: PodDetail | undefined;
  events: PodEvent[];
  state: WatchState;
}

export const unknownPod: PodView = { pod: undefined, last: undefined, events: [], state: { kind: 'loading' } };

/** Mirrors of pods. All parts of the page that show a pod share one mirror. */
const mirrors = new Map<string, PodMirror>();

/** Names of namespaces and pods have no slash, so no two pods have the same key. */
function keyOf({ context, namespace, pod }: PodLink): string {
  return `${context}/${namespace}/${pod}`;
}

export function podView(link: PodLink | undefined): PodView {
  return (link !== undefined && mirrors.get(keyOf(link))?.view) || unknownPod;
}

/** Mirrors the pod until the returned function is called, and calls back with each change. */
export function mirrorPod(link: PodLink, onChange: () => void): () => void {
  const key = keyOf(link);
  const mirror = mirrors.get(key) ?? new PodMirror(link);
  mirrors.set(key, mirror);
  mirror.listeners.add(onChange);
  return () => {
    mirror.listeners.delete(onChange);
    if (mirror.listeners.size > 0) return;
    mirror.stop();
    if (mirrors.get(key) === mirror) mirrors.delete(key);
  };
}

class PodMirror {
  view = unknownPod;
  readonly listeners = new Set<() => void>();
  readonly stop: () => void;

  constructor(link: PodLink) {
    const facts = {
      'pod:changed': ({ pod }: { pod: PodDetail | null }) => this.#change({ pod, last: pod ?? this.view.last }),
      'pod:events': ({ events }: { events: PodEvent[] }) => this.#change({ events }),
    };
    this.stop = watch('pod:watch', link, { current: { facts, onState: (state) => this.#change({ state }) } });
  }

  #change(change: Partial<PodView>): void {
    this.view = { ...this.view, ...change };
    for (const tell of this.listeners) tell();
  }
}
