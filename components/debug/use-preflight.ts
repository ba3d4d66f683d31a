import { useEffect, useState } from 'react';
import type { Preflight } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';

/** A pause in typing, and as seldom as the server lets a page ask for what is heavy: the start itself must not have to wait. */
const typingMs = 500;

export type PreflightState = { kind: 'unknown' } | { kind: 'checking' } | { kind: 'checked'; preflight: Preflight };

/** Asks what would be in a debugger's way, and again with each change of what is wanted. */
export function usePreflight(request: DebugRequest | undefined): PreflightState {
  const epoch = useConnectionEpoch();
  const [state, setState] = useState<PreflightState>({ kind: 'unknown' });
  const key = request === undefined ? undefined : JSON.stringify(request);
  useEffect(() => {
    if (key === undefined || epoch === 0) {
      setState({ kind: 'unknown' });
      return;
    }
    let isOld = false;
    setState({ kind: 'checking' });
    const timer = setTimeout(() => {
      getConnection()
        .ask('debug:check', JSON.parse(key) as DebugRequest)
        .then(
          (preflight) => isOld || setState({ kind: 'checked', preflight }),
          // The launch itself says what is wrong.
          () => isOld || setState({ kind: 'unknown' }),
        );
    }, typingMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [key, epoch]);
  return state;
}
