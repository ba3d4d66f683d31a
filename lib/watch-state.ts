import type { WireError } from './protocol/errors.ts';

/** How fresh a watched thing is. `stale` shows the last known state with the reason it can't be renewed. */
export type WatchState = { kind: 'loading' } | { kind: 'live' } | { kind: 'stale'; error: WireError };
