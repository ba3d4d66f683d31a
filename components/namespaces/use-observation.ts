'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AppError, toWireError, type WireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface Observation {
  value: NamespaceObservation | undefined;
  error: WireError | undefined;
  isReading: boolean;
  refresh(): void;
}

/**
 * A container that has just started is about to show its prompt, and several may start at once: reading, which runs a
 * shell in every container, waits this long so as not to take the node's time from them.
 */
const settleMs = 300;

/** Reads a pod's namespaces when it is first seen, whenever one of its containers starts or ends, and when asked. */
export function useObservation(link: PodLink | undefined, pod: PodDetail | undefined): Observation {
  const [value, setValue] = useState<NamespaceObservation>();
  const [error, setError] = useState<WireError>();
  const [isReading, setReading] = useState(false);
  const [round, setRound] = useState(0);
  const seen = useRef<string>(undefined);
  const key = JSON.stringify(link);
  const running = pod?.containers
    .filter((container) => container.state.kind === 'running')
    .map((container) => container.containerId)
    .join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `running` and `round` say when to read again
  useEffect(() => {
    if (key === undefined || running === undefined || running === '') return;
    const { context, namespace, pod: name } = JSON.parse(key) as PodLink;
    let isCurrent = true;
    const read = () => {
      getConnection()
        .ask('namespaces:probe', { context, namespace, pod: name })
        .then((observation) => {
          if (!isCurrent) return;
          setValue(observation);
          setError(undefined);
        })
        .catch((cause: unknown) => {
          // While the connection is down, the last reading stays; the banner says why.
          if (isCurrent && !(cause instanceof AppError && cause.code === 'disconnected')) setError(toWireError(cause));
        })
        .finally(() => isCurrent && setReading(false));
    };
    setReading(true);
    const hasChanged = seen.current !== undefined && seen.current !== running;
    seen.current = running;
    const timer = setTimeout(read, hasChanged ? settleMs : 0);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, running, round]);
  const refresh = useCallback(() => setRound((before) => before + 1), []);
  return { value, error, isReading, refresh };
}
