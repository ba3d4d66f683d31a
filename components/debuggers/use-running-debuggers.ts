'use client';

import { useCallback, useEffect, useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { DebuggerList } from '#lib/protocol/events.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';

/** Debuggers that others start or end are seen this late; each look lists the pods of the cluster. */
const refreshMs = 10_000;

/** A start tells several states within a second: looked at once, after them. */
const settleMs = 500;

export interface RunningDebuggers {
  list: DebuggerList | undefined;
  error: WireError | undefined;
  refresh(): void;
}

/** The debuggers that run in a context, read anew while the page is looked at. */
export function useRunningDebuggers(context: string): RunningDebuggers {
  const epoch = useConnectionEpoch();
  const [list, setList] = useState<DebuggerList>();
  const [error, setError] = useState<WireError>();
  const refresh = useCallback(() => {
    getConnection()
      .ask('debuggers:list', { context })
      .then(
        (fresh) => {
          setList(fresh);
          setError(undefined);
        },
        (cause: unknown) => setError(toWireError(cause)),
      );
  }, [context]);
  useEffect(() => {
    if (epoch === 0) return;
    refresh();
    const look = () => document.visibilityState === 'visible' && refresh();
    const timer = setInterval(look, refreshMs);
    document.addEventListener('visibilitychange', look);
    let soon: ReturnType<typeof setTimeout> | undefined;
    const lookSoon = () => {
      clearTimeout(soon);
      soon = setTimeout(look, settleMs);
    };
    const connection = getConnection();
    const stops = [connection.listen('terminal:changed', lookSoon), connection.listen('terminal:closed', lookSoon)];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(soon);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [epoch, refresh]);
  return { list, error, refresh };
}
