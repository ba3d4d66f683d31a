import type { PodDetail, PodEvent } from '#lib/pods.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { watch } from '../connection/watch.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface PodView {
  /** undefined: not heard yet; null: there is no such pod (any more). */
  pod: PodDetail | null | undefined;
  /** The pod as it last was, also after it is gone. */
  last: PodDetail | undefined;
  events: PodEvent[];
  state: WatchState;
}

export const unknownPod: PodView = { pod: undefined, last: undefined, events: [], state: { kind: 'loading' } };

/** The browser's mirrors of pods, by their links as JSON. All parts of the page that show a pod share one. */
const mirrors = new Map<string, PodMirror>();

export function podView(key: string | undefined): PodView {
  return (key !== undefined && mirrors.get(key)?.view) || unknownPod;
}

/** Mirrors the pod until the returned function is called, and tells of each change. */
export function mirrorPod(key: string, onChange: () => void): () => void {
  const mirror = mirrors.get(key) ?? new PodMirror(JSON.parse(key) as PodLink);
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
