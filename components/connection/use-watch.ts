'use client';

import { useEffect, useRef } from 'react';
import { type WatchHandlers, type WatchName, type WatchRequest, watch } from './watch.ts';

/** Watches while the component lives. `request` undefined: nothing to watch yet. */
export function useWatch<N extends WatchName>(
  name: N,
  request: WatchRequest<N> | undefined,
  handlers: WatchHandlers,
): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const key = request === undefined ? undefined : JSON.stringify(request);
  useEffect(() => {
    if (key === undefined) return;
    return watch(name, JSON.parse(key) as WatchRequest<N>, latest);
  }, [name, key]);
}
