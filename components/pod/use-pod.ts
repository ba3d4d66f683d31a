'use client';

import { useEffect, useState } from 'react';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import type { WatchState } from '#lib/protocol/events.ts';
import { useWatch } from '../connection/use-watch.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface PodView {
  /** undefined: not heard yet; null: there is no such pod (any more). */
  pod: PodDetail | null | undefined;
  /** The pod as it last was, also after it is gone. */
  last: PodDetail | undefined;
  events: PodEvent[];
  state: WatchState;
}

const unknown: PodView = { pod: undefined, last: undefined, events: [], state: { kind: 'loading' } };

/** The browser's mirror of one pod and its events. */
export function usePod(link: PodLink | undefined): PodView {
  const [view, setView] = useState<PodView>(unknown);
  const key = JSON.stringify(link);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pod is another view
  useEffect(() => setView(unknown), [key]);
  useWatch('pod:watch', link, {
    facts: {
      'pod:changed': ({ pod }) => setView((before) => ({ ...before, pod, last: pod ?? before.last })),
      'pod:events': ({ events }) => setView((before) => ({ ...before, events })),
    },
    onState: (state) => setView((before) => ({ ...before, state })),
  });
  return view;
}
