import * as z from 'zod';
import type { NamespaceObservation } from '../namespaces/observation.ts';
import type { PodDetail, PodEvent, PodRow } from '../pods.ts';
import { profiles } from '../profiles.ts';
import type { RecordingSummary } from '../recordings/asciicast.ts';
import type { WireError } from './errors.ts';
import { inputChunkBytes, maxColumns, maxRows } from './limits.ts';

// Kubernetes' own rules for names: they become parts of a URL, so nothing else may pass.
const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const dnsSubdomain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/);
/** Names of contexts are free text in a kubeconfig; they are only ever compared. */
const contextName = z.string().min(1).max(512);
/** Chosen by the browser, so that the first event can't overtake the name it comes under. */
const subscriptionId = z.string().regex(/^[\w-]{1,36}$/);
const sessionId = z.uuid();
/** Of a socket, by socket.io: only ever compared. */
const viewerId = z.string().min(1).max(64);
/** Of a file of ours: a time and some random digits. */
const recordingId = z.string().regex(/^[\w-]{1,64}$/);
/** The kernel refuses a single argument over 128 KiB; a tenth of that is a long command. */
const commandWord = z.string().max(12_000);

const namespaceAddress = z.strictObject({ context: contextName, namespace: dnsLabel });
const podAddress = namespaceAddress.extend({ pod: dnsSubdomain });
const containerAddress = podAddress.extend({ container: dnsLabel });
const inputBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= inputChunkBytes);
const screen = { columns: z.int().min(1).max(maxColumns), rows: z.int().min(1).max(maxRows) };

/** Every request a browser may make. What is not described here is refused before anything runs. */
export const requests = {
  'session:hello': z.strictObject({ protocol: z.int() }),
  'cluster:list': z.strictObject({}),
  'pods:watch': z.strictObject({
    subscription: subscriptionId,
    context: contextName,
    namespace: dnsLabel.optional(),
    /** A label selector as kubectl's -l takes it; the API server checks it. */
    selector: z.string().max(1024).optional(),
  }),
  'pod:watch': podAddress.extend({ subscription: subscriptionId }),
  'watch:stop': z.strictObject({ subscription: subscriptionId }),
  'debug:start': podAddress.extend({
    // Checked by lib/image-reference.ts, which says what is wrong; an API server takes any string.
    image: z.string().max(512),
    target: dnsLabel.optional(),
    profile: z.enum(profiles),
    command: z.array(commandWord).min(1).max(64).optional(),
    ...screen,
  }),
  'terminal:attach': containerAddress.extend(screen),
  'terminal:exec': containerAddress.extend({ command: z.array(commandWord).min(1).max(64), ...screen }),
  'terminal:list': z.strictObject({}),
  /** `incarnation`: the one of which output up to `from` was seen. `readOnly`: watches, and can't have the keyboard. */
  'terminal:open': z.strictObject({
    session: sessionId,
    from: z.int().min(0),
    incarnation: z.uuid().optional(),
    readOnly: z.boolean().optional(),
  }),
  'terminal:leave': z.strictObject({ session: sessionId }),
  'terminal:acknowledge': z.strictObject({ session: sessionId, position: z.int().min(0) }),
  'terminal:input': z.strictObject({ session: sessionId, bytes: inputBytes }),
  'terminal:resize': z.strictObject({ session: sessionId, ...screen }),
  /** Leaves the process as it is, and forgets the terminal. */
  'terminal:close': z.strictObject({ session: sessionId }),
  /** Ends the process, then forgets the terminal. */
  'terminal:end': z.strictObject({ session: sessionId }),
  /** Begins or ends a recording of its output. */
  'terminal:record': z.strictObject({ session: sessionId, on: z.boolean() }),
  /** For the keyboard. */
  'terminal:ask': z.strictObject({ session: sessionId }),
  /** The keyboard; to nobody: the driver keeps it. */
  'terminal:hand': z.strictObject({ session: sessionId, to: viewerId.optional() }),
  'namespaces:probe': podAddress,
  'debuggers:list': z.strictObject({ context: contextName }),
  'debugger:end': containerAddress,
  'recordings:list': z.strictObject({}),
  'recording:delete': z.strictObject({ recording: recordingId }),
} as const;

export type RequestName = keyof typeof requests;
export type RequestOf<N extends RequestName> = z.output<(typeof requests)[N]>;
export type DebugRequest = Omit<RequestOf<'debug:start'>, 'columns' | 'rows'>;

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
}

/** On a debugger's own process, on the application's own, or on a process of its own in any container. */
export type TerminalKind = 'debug' | 'attach' | 'exec';

export type TerminalState =
  /** `problem`: waiting alone won't help, though the node may go on trying. */
  | { kind: 'starting'; step: string; detail?: string; problem?: WireError }
  | { kind: 'live' }
  /** The connection to the container broke while it ran, at this time (ms since 1970); it is being made again. */
  | { kind: 'reconnecting'; since: number }
  | { kind: 'ended'; exitCode: number | undefined; reason: string; error?: WireError };

/** Whether a terminal's output is written to a file; `failed`: it was, until it had to be stopped. */
export type RecordingState =
  | { kind: 'off' }
  | { kind: 'on'; id: string; since: number }
  | { kind: 'failed'; error: WireError };

export interface TerminalSummary {
  session: string;
  kind: TerminalKind;
  context: string;
  namespace: string;
  pod: string;
  container: string;
  image: string | undefined;
  target: string | undefined;
  /** The equal kubectl command. */
  command: string;
  /** A word in the command line of a shell by exec, by which its process can be told from others. */
  mark?: string | undefined;
  /** Milliseconds since 1970. */
  createdAt: number;
  state: TerminalState;
  recording: RecordingState;
}

export interface TerminalViewer {
  id: string;
  name: string;
  /** Watches, and can't have the keyboard. */
  readOnly: boolean;
}

/** Who looks at a terminal. */
export interface TerminalAudience {
  /** Who is told. */
  you: string;
  viewers: TerminalViewer[];
  /** Who has the keyboard. */
  driver: string | undefined;
  /** Viewers who have asked for it. */
  asking: string[];
  /** The driver's. */
  size: { columns: number; rows: number };
}

/** An ephemeral container that runs, whoever started it. */
export interface RunningDebugger {
  namespace: string;
  pod: string;
  container: string;
  image: string;
  target: string | undefined;
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

/** Why a screen is drawn anew: so many bytes are no longer kept, or what follows is of another incarnation. */
export type RedrawReason = { kind: 'skipped'; bytes: number } | { kind: 'restarted'; incarnation: string };

export interface TerminalScreen {
  position: number;
  bytes: Uint8Array;
  why: RedrawReason;
}

/** What each request is answered with. */
export interface Replies {
  'session:hello': { protocol: number };
  'cluster:list': ClusterList;
  'pods:watch': null;
  'pod:watch': null;
  'watch:stop': null;
  'debug:start': TerminalSummary;
  'terminal:attach': TerminalSummary;
  'terminal:exec': TerminalSummary;
  'terminal:list': TerminalSummary[];
  /**
   * Output follows from where it was asked for. What lies before `historyEnd` is history: a terminal must not answer the
   * questions in it a second time. Positions count from the begin of this incarnation: a server that starts again begins
   * another, and tells who saw the one before by a screen to begin with.
   */
  'terminal:open': { historyEnd: number; incarnation: string };
  'terminal:leave': null;
  'terminal:acknowledge': null;
  'terminal:input': null;
  'terminal:resize': null;
  'terminal:close': null;
  'terminal:end': null;
  'terminal:record': null;
  'terminal:ask': null;
  'terminal:hand': null;
  'namespaces:probe': NamespaceObservation;
  'debuggers:list': DebuggerList;
  'debugger:end': null;
  'recordings:list': RecordingSummary[];
  'recording:delete': null;
}

export type Reply<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** How fresh a watched thing is. `stale` shows the last known state with the reason it can't be renewed. */
export type WatchState = { kind: 'loading' } | { kind: 'live' } | { kind: 'stale'; error: WireError };

/** Facts that the server tells without being asked. */
export interface Facts {
  'pods:snapshot': (fact: { subscription: string; rows: PodRow[] }) => void;
  'pods:changed': (fact: { subscription: string; changed: PodRow[]; removed: string[] }) => void;
  'pod:changed': (fact: { subscription: string; pod: PodDetail | null }) => void;
  'pod:events': (fact: { subscription: string; events: PodEvent[] }) => void;
  'watch:state': (fact: { subscription: string; state: WatchState }) => void;
  'terminal:changed': (fact: TerminalSummary) => void;
  'terminal:audience': (fact: TerminalAudience & { session: string }) => void;
  'terminal:closed': (fact: { session: string }) => void;
  'terminal:output': (fact: { session: string; position: number; bytes: Uint8Array; historyEnd: number }) => void;
  /** `bytes` draw the screen as it was at `position`, instead of what was drawn before. To be acknowledged. */
  'terminal:snapshot': (fact: TerminalScreen & { session: string }) => void;
}
export type FactName = keyof Facts;
