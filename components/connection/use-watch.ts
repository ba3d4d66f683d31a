'use client';

import { useEffect, useRef } from 'react';
import { useSameValue } from './use-same-value.ts';
import { type WatchHandlers, type WatchName, type WatchRequest, watch } from './watch.ts';

/** Watches while the component lives. `request` undefined: nothing to watch yet. Another `again` begins the watch anew. */
export function useWatch<N extends WatchName>(
  name: N,
  request: WatchRequest<N> | undefined,
  handlers: WatchHandlers,
  again?: string,
): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const watched = useSameValue(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says when to begin anew
  useEffect(() => {
    if (watched === undefined) return;
    return watch(name, watched, latest);
  }, [name, watched, again]);
}
