'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useSameValue } from '../connection/use-same-value.ts';
import type { PodLink } from '../links/pod-links.ts';
import { mirrorPod, type PodView, podView, unknownPod } from './pod-mirror.ts';

/** One pod and its events, as the cluster has them. */
export function usePod(link: PodLink | undefined): PodView {
  // Whatever else the link has.
  const address = useSameValue(link && { context: link.context, namespace: link.namespace, pod: link.pod });
  const subscribe = useCallback(
    (onChange: () => void) => (address === undefined ? () => {} : mirrorPod(address, onChange)),
    [address],
  );
  return useSyncExternalStore(
    subscribe,
    () => podView(address),
    () => unknownPod,
  );
}
