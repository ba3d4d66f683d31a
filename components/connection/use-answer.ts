'use client';

import { useCallback, useEffect, useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { Replies, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';
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

export interface AnswerOptions {
  /** Asked again when a terminal has changed or was closed while the page is looked at, and when it is looked at again. */
  followsTerminals?: boolean;
  /** Asked again when this becomes another text. */
  again?: string;
}

/** What the server answers; asked again with each connection. `request` undefined: nothing to ask yet. */
export function useAnswer<N extends RequestName>(
  name: N,
  request: RequestOf<N> | undefined,
  { followsTerminals = false, again }: AnswerOptions = {},
): Answer<Replies[N]> {
  const epoch = useConnectionEpoch();
  const [value, setValue] = useState<Replies[N]>();
  const [error, setError] = useState<WireError>();
  const key = request && JSON.stringify(request);
  const refresh = useCallback(() => {
    if (key === undefined) return;
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says when to ask again
  useEffect(() => {
    if (epoch === 0) return;
    refresh();
    if (!followsTerminals) return;
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
  }, [epoch, refresh, followsTerminals, again]);
  return { value, error, refresh };
}
