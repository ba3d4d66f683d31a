'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { PodLink } from '../shell/url-state.ts';
import { mirrorPod, type PodView, podView, unknownPod } from './pod-mirror.ts';

/** One pod and its events, as the cluster has them. */
export function usePod(link: PodLink | undefined): PodView {
  // The same text, however the link was put together.
  const key = link && JSON.stringify({ context: link.context, namespace: link.namespace, pod: link.pod });
  const subscribe = useCallback(
    (onChange: () => void) => (key === undefined ? () => {} : mirrorPod(key, onChange)),
    [key],
  );
  return useSyncExternalStore(
    subscribe,
    () => podView(key),
    () => unknownPod,
  );
}
