import type { MadePodKind } from './made-pods.ts';

/** An ephemeral container that runs, whoever started it, or a pod that was made for debugging, whatever it does. */
export interface RunningDebugger {
  kind: 'ephemeral' | MadePodKind;
  namespace: string;
  pod: string;
  /** Of a pod that was made: the one that takes keys; undefined where none does. */
  container: string | undefined;
  image: string;
  target: string | undefined;
  /** Of a copy: the pod that it was made from. */
  copiedFrom: string | undefined;
  /** Of a pod that was made, as `kubectl get pods` prints it. */
  status: string | undefined;
  node: string | undefined;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The terminal that this server has on it, where it has one. */
  terminal: { session: string; viewers: number; quietSince: number } | undefined;
}

export interface DebuggerList {
  debuggers: RunningDebugger[];
  /** The only namespace that was looked into, where the user may not list all. */
  namespace: string | undefined;
}
