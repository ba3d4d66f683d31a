import type { DebugPolicy } from './debug/policy.ts';

export interface ContextSummary {
  name: string;
  cluster: string;
  user: string;
  namespace: string | undefined;
}

export interface ClusterList {
  contexts: ContextSummary[];
  /** The context that a page without a choice of its own uses. */
  current: string | undefined;
  /** The namespace to begin with, where the server was started with one; else all. */
  namespace: string | undefined;
  /** The files that were read, in order. */
  sources: string[];
  /** What may be started. */
  debuggers: DebugPolicy;
}
