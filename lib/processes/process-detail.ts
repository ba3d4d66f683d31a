import type { ObservedProcess } from './observed-process.ts';

/** A process that the server sends again and again. */
export interface LiveProcess extends ObservedProcess {
  /** Of one processor, since the reading before, in percent; undefined in the first. */
  cpuPercent: number | undefined;
}

/** What has changed from one reading to the next. */
export interface ProcessChange {
  /** Milliseconds since 1970, by the server's clock. */
  at: number;
  /** The same, of the begin of the node: `startTicks` count from here. */
  nodeStartedAt: number;
  /** Nothing of what was told before is left. */
  isWhole: boolean;
  changed: LiveProcess[];
  /** By processKey. */
  removed: string[];
  /** How many more there are than fit in the list. */
  unlisted: number;
  /** Containers that run and could not be read from inside. */
  unreadable: { container: string; why: string; next: string }[];
}

export interface OpenFile {
  fd: number;
  /** A path, or `socket:[17]`, `pipe:[3]`, `anon_inode:…`. */
  target: string;
}

export interface ResourceLimit {
  name: string;
  soft: string;
  hard: string;
  unit: string;
}

/** A part of a process that the kernel shows, or not. */
export type Readable<T> = { kind: 'read'; value: T } | { kind: 'denied'; why: string };

/** What is told of one process when somebody asks for it. */
export interface ProcessDetail {
  /** One by one, as they are. */
  arguments: string[];
  /** Real, effective, saved, of the file system. */
  uids: number[];
  gids: number[];
  /** Those that it can use now, without CAP_. */
  capabilities: string[];
  noNewPrivileges: boolean;
  seccomp: 'off' | 'strict' | 'filter' | undefined;
  /** Masks in hex. */
  caughtSignals: string;
  ignoredSignals: string;
  innerPids: number[];
  cgroups: string[];
  limits: ResourceLimit[];
  executable: Readable<string>;
  workingFolder: Readable<string>;
  openFiles: Readable<{ files: OpenFile[]; isMore: boolean }>;
}
