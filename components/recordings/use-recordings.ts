'use client';

import { useCallback, useEffect, useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { RecordingSummary } from '#lib/recordings/asciicast.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';

export interface Recordings {
  recordings: RecordingSummary[] | undefined;
  error: WireError | undefined;
  refresh(): void;
}

/** All recordings, newest first; read anew when a recording begins or ends. */
export function useRecordings(): Recordings {
  const epoch = useConnectionEpoch();
  const [recordings, setRecordings] = useState<RecordingSummary[]>();
  const [error, setError] = useState<WireError>();
  const refresh = useCallback(() => {
    getConnection()
      .ask('recordings:list', {})
      .then(
        (fresh) => {
          setRecordings(fresh);
          setError(undefined);
        },
        (cause: unknown) => setError(toWireError(cause)),
      );
  }, []);
  useEffect(() => {
    if (epoch === 0) return;
    refresh();
    const connection = getConnection();
    const stops = [connection.listen('terminal:changed', refresh), connection.listen('terminal:closed', refresh)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [epoch, refresh]);
  return { recordings, error, refresh };
}
