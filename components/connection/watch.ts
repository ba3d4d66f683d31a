import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { FactName, Facts } from '#lib/protocol/facts.ts';
import type { RequestOf } from '#lib/protocol/requests/all.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { getConnection } from './connection.ts';

export type WatchName = 'pods:watch' | 'pod:watch' | 'processes:watch';
export type WatchRequest<N extends WatchName> = Omit<RequestOf<N>, 'subscription'>;

export interface WatchHandlers {
  facts: { [F in FactName]?: (fact: Parameters<Facts[F]>[0]) => void };
  onState(state: WatchState): void;
}

/** Watches until the returned function is called, again after each reconnection. */
export function watch<N extends WatchName>(
  name: N,
  request: WatchRequest<N>,
  handlers: { readonly current: WatchHandlers },
): () => void {
  const connection = getConnection();
  let epoch = 0;
  let stop = () => {};
  const begin = () => {
    if (connection.epoch === epoch) return;
    epoch = connection.epoch;
    stop();
    stop = watchOnce(name, request, handlers);
  };
  const stopListening = connection.onChange(begin);
  begin();
  return () => {
    stopListening();
    stop();
  };
}

function watchOnce<N extends WatchName>(
  name: N,
  request: WatchRequest<N>,
  handlers: { readonly current: WatchHandlers },
): () => void {
  const connection = getConnection();
  const subscription = crypto.randomUUID();
  const isOurs = (fact: { subscription: string }) => fact.subscription === subscription;
  const factNames = ['pods:snapshot', 'pods:changed', 'pod:changed', 'pod:events', 'processes:changed'] as const;
  const stops = factNames.map((factName) =>
    connection.listen(factName, (fact: { subscription: string }) => {
      const handle = handlers.current.facts[factName] as ((fact: unknown) => void) | undefined;
      if (isOurs(fact)) handle?.(fact);
    }),
  );
  stops.push(connection.listen('watch:state', (fact) => isOurs(fact) && handlers.current.onState(fact.state)));
  connection.ask(name, { ...request, subscription } as RequestOf<N>).catch((error: unknown) => {
    // The banner shows a broken connection, and the watch begins anew after it.
    if (error instanceof AppError && error.code === 'disconnected') return;
    handlers.current.onState({ kind: 'stale', error: toWireError(error) });
  });
  return () => {
    for (const stop of stops) stop();
    // If the connection is down, the server has ended the watch already.
    connection.ask('watch:stop', { subscription }).catch(() => {});
  };
}
