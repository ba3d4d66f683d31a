'use client';

import { useEffect, useRef } from 'react';
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
  const key = request === undefined ? undefined : JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says when to begin anew
  useEffect(() => {
    if (key === undefined) return;
    return watch(name, JSON.parse(key) as WatchRequest<N>, latest);
  }, [name, key, again]);
}
