'use client';

import { useEffect, useRef } from 'react';
import { useSameValue } from './use-same-value.ts';
import { type WatchHandlers, type WatchName, type WatchRequest, watch } from './watch.ts';

export interface WatchOptions extends WatchHandlers {
  /** Begins the watch anew when this becomes another text. */
  again?: string;
}

/** Watches while the component lives. `request` undefined: there is nothing to watch now. */
export function useWatch<N extends WatchName>(
  name: N,
  request: WatchRequest<N> | undefined,
  options: WatchOptions,
): void {
  const { again } = options;
  const latest = useRef<WatchHandlers>(options);
  latest.current = options;
  const watched = useSameValue(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says when to begin anew
  useEffect(() => {
    if (watched === undefined) return;
    return watch(name, watched, latest);
  }, [name, watched, again]);
}
