import type { NamespaceKind } from '../namespaces/kinds.ts';

/** A process as one probe saw it: its ids are those of the pid namespace that the probe ran in. */
export interface ObservedProcess {
  /** The container through which it was seen. */
  seenFrom: string;
  /** The container it belongs to; `(sandbox)` for the pod's pause process; undefined where nothing tells. */
  container: string | undefined;
  pid: number;
  ppid: number;
  uid: number;
  /** The kernel's own for it: the program's file, or what it chose; 15 bytes. */
  name: string;
  /** Arguments with blanks between them; empty for kernel threads and zombies. */
  commandLine: string;
  /** A letter, proc_pid_stat(5): R S D Z T t I. */
  state: string;
  threads: number;
  /** KiB; undefined for what has no memory of its own. */
  residentKiB: number | undefined;
  /** Processor time, user's and kernel's, in hundredths of a second. */
  cpuTicks: number;
  /** When it began, in hundredths of a second since the node did: with its pid this tells it from any other. */
  startTicks: number;
  /** Its pids in the pid namespaces below the reader's, outermost first; empty where it is in the reader's own. */
  innerPids: number[];
  /** Inode numbers; a kind is missing where the kernel refused. */
  namespaces: Partial<Record<NamespaceKind, number>>;
}

/** Tells a process from all others that a probe of its pod sees, also from a later one with the same pid. */
export function processKey({ seenFrom, pid, startTicks }: ObservedProcess): string {
  return `${seenFrom} ${pid} ${startTicks}`;
}

/** As `ps` writes it: what has no command line by its name in brackets. */
export function commandOf({ commandLine, name }: Pick<ObservedProcess, 'commandLine' | 'name'>): string {
  return commandLine || `[${name || 'no name'}]`;
}
