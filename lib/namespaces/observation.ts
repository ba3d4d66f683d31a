import type { NamespaceKind } from './kinds.ts';

/** A process as one probe saw it: its ids are those of the pid namespace that the probe ran in. */
export interface ObservedProcess {
  /** The container through which it was seen. */
  seenFrom: string;
  pid: number;
  ppid: number;
  uid: number;
  commandLine: string;
  /** The container it belongs to; `sandbox` for the pod's pause process; undefined where nothing tells. */
  container: string | undefined;
  /** Inode numbers; a kind is missing where the kernel refused. */
  namespaces: Partial<Record<NamespaceKind, number>>;
}

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
  /** By container name, and sandboxColumn where its process was seen. */
  containers: Record<string, ObservedContainer>;
  processes: ObservedProcess[];
}
