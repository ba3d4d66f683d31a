'use client';

import { useSyncExternalStore } from 'react';
import { type ConnectionState, getConnection } from './connection.ts';

const subscribe = (listener: () => void) => getConnection().onChange(listener);

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    subscribe,
    () => getConnection().state,
    () => 'connecting',
  );
}

/** The number of the current connection; 0 before the first. Effects that send requests depend on it. */
export function useConnectionEpoch(): number {
  return useSyncExternalStore(
    subscribe,
    () => getConnection().epoch,
    () => 0,
  );
}
