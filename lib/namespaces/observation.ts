import type { ObservedProcess } from '../processes/observed-process.ts';
import type { NamespaceKind } from './kinds.ts';

/** Where a column's inodes were read, or why they could not be. */
export type ObservationSource =
  | { kind: 'exec'; container: string }
  | { kind: 'process'; seenFrom: string; pid: number }
  | { kind: 'unreadable'; why: string; next: string };

export interface ObservedContainer {
  source: ObservationSource;
  namespaces: Partial<Record<NamespaceKind, number>>;
}

/** Name of the sandbox's column: no container can be called so, for names have no brackets. */
export const sandboxColumn = '(sandbox)';

export interface NamespaceObservation {
  /** Milliseconds since 1970. */
  at: number;
  /** The same, of the begin of the node: processes' `startTicks` count from here. */
  nodeStartedAt: number;
  /** By container name, and sandboxColumn where its process was seen. */
  containers: Record<string, ObservedContainer>;
  processes: ObservedProcess[];
  /** How many more there are than fit in the list. */
  unlisted: number;
}
