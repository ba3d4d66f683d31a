'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useSameValue } from '../connection/use-same-value.ts';
import type { PodLink } from '../links/pod-links.ts';
import { mirrorPod, type PodView, podView, unknownPod } from './pod-mirror.ts';

/** One pod and its events, kept up to date. */
export function usePod(link: PodLink | undefined): PodView {
  // A link may have more fields than the address of a pod.
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
