import type { Preflight } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { useAnswer } from '../connection/use-answer.ts';

/** A pause in typing. The server limits heavy requests to about this rate, and the start itself must not have to wait. */
const settleMs = 500;

export type PreflightState = { kind: 'unknown' } | { kind: 'checking' } | { kind: 'checked'; preflight: Preflight };

/** Asks what would prevent a debugger, and again with each change of the request. */
export function usePreflight(request: DebugRequest | undefined): PreflightState {
  const { value, error, isAsking } = useAnswer('debug:check', request, { settleMs });
  // A failed check says nothing: the launch itself reports what is wrong.
  if (request === undefined || (error && !isAsking)) return { kind: 'unknown' };
  if (isAsking) return { kind: 'checking' };
  return value === undefined ? { kind: 'unknown' } : { kind: 'checked', preflight: value };
}
