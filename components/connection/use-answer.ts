'use client';

import { useCallback, useEffect, useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { Replies, RequestName, RequestOf } from '#lib/protocol/events.ts';
import { getConnection } from './connection.ts';
import { useConnectionEpoch } from './use-connection.ts';

/** A start tells several states of a terminal within a second: asked again once, after them. */
const settleMs = 500;

export interface Answer<T> {
  /** The last one, also while a newer one fails. */
  value: T | undefined;
  error: WireError | undefined;
  refresh(): void;
}

/**
 * What the server answers; asked again with each connection, when a terminal has changed or was closed while the page is
 * looked at, and when it is looked at again.
 */
export function useAnswer<N extends RequestName>(name: N, request: RequestOf<N>): Answer<Replies[N]> {
  const epoch = useConnectionEpoch();
  const [value, setValue] = useState<Replies[N]>();
  const [error, setError] = useState<WireError>();
  const key = JSON.stringify(request);
  const refresh = useCallback(() => {
    getConnection()
      .ask(name, JSON.parse(key) as RequestOf<N>)
      .then(
        (fresh) => {
          setValue(fresh);
          setError(undefined);
        },
        (cause: unknown) => setError(toWireError(cause)),
      );
  }, [name, key]);
  useEffect(() => {
    if (epoch === 0) return;
    refresh();
    const look = () => document.visibilityState === 'visible' && refresh();
    document.addEventListener('visibilitychange', look);
    let soon: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = () => {
      clearTimeout(soon);
      soon = setTimeout(look, settleMs);
    };
    const connection = getConnection();
    const stops = [
      connection.listen('terminal:changed', refreshSoon),
      connection.listen('terminal:closed', refreshSoon),
    ];
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(soon);
      for (const stop of stops) stop();
    };
  }, [epoch, refresh]);
  return { value, error, refresh };
}
