'use client';

import { useEffect, useRef } from 'react';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { FactName, Facts, RequestOf, WatchState } from '#lib/protocol/events.ts';
import { getConnection } from './connection.ts';
import { useConnectionEpoch } from './use-connection.ts';

type WatchName = 'pods:watch' | 'pod:watch';
type WatchRequest<N extends WatchName> = Omit<RequestOf<N>, 'subscription'>;

export interface WatchHandlers {
  facts: { [F in FactName]?: (fact: Parameters<Facts[F]>[0]) => void };
  onState(state: WatchState): void;
}

/** Watches while the component lives, and again after each reconnection. `request` undefined: nothing to watch yet. */
export function useWatch<N extends WatchName>(
  name: N,
  request: WatchRequest<N> | undefined,
  handlers: WatchHandlers,
): void {
  const epoch = useConnectionEpoch();
  const latest = useRef(handlers);
  latest.current = handlers;
  const key = request === undefined ? undefined : JSON.stringify(request);
  useEffect(() => {
    if (key === undefined || epoch === 0) return;
    return startWatch(name, JSON.parse(key) as WatchRequest<N>, latest);
  }, [name, key, epoch]);
}

function startWatch<N extends WatchName>(
  name: N,
  request: WatchRequest<N>,
  latest: { current: WatchHandlers },
): () => void {
  const connection = getConnection();
  const subscription = crypto.randomUUID();
  const isOurs = (fact: { subscription: string }) => fact.subscription === subscription;
  const factNames = ['pods:snapshot', 'pods:changed', 'pod:changed', 'pod:events'] as const;
  const stops = factNames.map((factName) =>
    connection.listen(factName, (fact: { subscription: string }) => {
      const handle = latest.current.facts[factName] as ((fact: unknown) => void) | undefined;
      if (isOurs(fact)) handle?.(fact);
    }),
  );
  stops.push(connection.listen('watch:state', (fact) => isOurs(fact) && latest.current.onState(fact.state)));
  connection.ask(name, { ...request, subscription } as RequestOf<N>).catch((error: unknown) => {
    // A break of the connection is shown by itself, and the watch begins anew after it.
    if (error instanceof AppError && error.code === 'disconnected') return;
    latest.current.onState({ kind: 'stale', error: toWireError(error) });
  });
  return () => {
    for (const stop of stops) stop();
    // Where the connection is down, the server has ended the watch already.
    connection.ask('watch:stop', { subscription }).catch(() => {});
  };
}
