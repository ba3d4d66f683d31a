import * as z from 'zod';
import type { Ability } from '../debug/abilities.ts';
import { pullPolicies } from '../debug/debug-container.ts';
import type { MadePodKind } from '../debug/made-pods.ts';
import { keepable } from '../debug/pod-copy.ts';
import type { DebugPolicy } from '../debug/policy.ts';
import type { Preflight } from '../debug/preflight.ts';
import { profiles } from '../debug/profiles.ts';
import type { StartStep } from '../debug/start-timeline.ts';
import { variableName } from '../debug/variables.ts';
import type { FoundFiles, OpenedFile } from '../files/file-entry.ts';
import type { NamespaceObservation } from '../namespaces/observation.ts';
import type { NodeNamespaces } from '../namespaces/of-node.ts';
import { hostPattern, type NetworkTestResult, networkTests, urlPathPattern } from '../network/connectivity.ts';
import type { PodNetwork, PodServices } from '../network/pod-network.ts';
import type { PodOwners } from '../owners.ts';
import type { PodDetail, PodEvent, PodRow } from '../pods.ts';
import type { PortForward } from '../port-forward.ts';
import type { ProcessChange, ProcessDetail } from '../processes/process-detail.ts';
import { signals } from '../processes/signals.ts';
import type { RecordingSummary } from '../recordings/asciicast.ts';
import { workloadKinds } from '../workload.ts';
import type { WireError } from './errors.ts';
import { filePath } from './file-request.ts';
import { inputChunkBytes, maxColumns, maxRows } from './limits.ts';
import { contextName, dnsLabel, dnsSubdomain } from './names.ts';

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
/** A process by the pid that this container sees, and the start that tells it from a later one with the same pid. */
const processAddress = containerAddress.extend({
  // The kernel's largest: 2 to the power of 22.
  pid: z.int().min(1).max(4_194_304),
  startTicks: z.int().min(0),
});
/** Files as a container sees them, or below the root of a process that it sees. */
const fileAddress = containerAddress.extend({
  ...processAddress.pick({ pid: true, startTicks: true }).partial().shape,
  path: filePath,
});
const inputBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= inputChunkBytes);
const screen = { columns: z.int().min(1).max(maxColumns), rows: z.int().min(1).max(maxRows) };

// Checked by lib/image-reference.ts, which says what is wrong; an API server takes any string.
const image = z.string().max(512);

/** What all kinds of debuggers can have. */
const debugContainer = {
  profile: z.enum(profiles),
  command: z.array(commandWord).min(1).max(64).optional(),
  /** `command` is what the image's own program gets, not what runs instead of it. */
  isArguments: z.boolean().optional(),
  env: z
    .array(z.strictObject({ name: z.string().max(253).regex(variableName), value: z.string().max(12_000) }))
    .max(64)
    .optional(),
  pullPolicy: z.enum(pullPolicies).optional(),
  /** A part of a container, merged over what the profile gives: kubectl debug's --custom. */
  custom: z.record(z.string(), z.unknown()).optional(),
};

/** A container in a pod that runs. */
const ephemeralDebugger = podAddress.extend({
  kind: z.literal('ephemeral'),
  image,
  target: dnsLabel.optional(),
  ...debugContainer,
});

/** A container in a copy of a pod: added to it, or one of its own that is changed. */
const copyDebugger = podAddress.extend({
  kind: z.literal('copy'),
  copyName: dnsSubdomain,
  image: image.optional(),
  container: dnsLabel.optional(),
  setImages: z.record(z.union([dnsLabel, z.literal('*')]), image).optional(),
  shareProcesses: z.boolean().optional(),
  sameNode: z.boolean().optional(),
  replace: z.boolean().optional(),
  keep: z.array(z.enum(keepable)).max(keepable.length),
  ...debugContainer,
});

/** A pod on a node, with the node's namespaces and files where its profile has them. */
const nodeDebugger = namespaceAddress.extend({
  kind: z.literal('node'),
  node: dnsSubdomain,
  image,
  ...debugContainer,
});

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
  'debug:start': z.discriminatedUnion('kind', [
    ephemeralDebugger.extend(screen),
    copyDebugger.extend(screen),
    nodeDebugger.extend(screen),
  ]),
  /** What would be in its way. */
  'debug:check': z.discriminatedUnion('kind', [ephemeralDebugger, copyDebugger, nodeDebugger]),
  /** What a debugger needs to have a container's volumes, variables and user. */
  'container:mirror': containerAddress,
  /** A pod of a workload in which a debugger can be started. */
  'workload:pod': namespaceAddress.extend({ kind: z.enum(workloadKinds), name: dnsSubdomain }),
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
  /** What a debugger can do, tried in it. */
  'abilities:observe': containerAddress,
  'namespaces:probe': podAddress,
  'processes:watch': podAddress.extend({ subscription: subscriptionId }),
  'process:read': processAddress,
  'process:environment': processAddress,
  'network:read': podAddress,
  /** All namespaces of a node, through a container that has its process list. */
  'node:namespaces': containerAddress,
  /** What it comes from and runs on. */
  'pod:owners': podAddress,
  /** As YAML, to show to others. */
  'pod:manifest': podAddress,
  /** The Services that select a pod. */
  'pod:services': podAddress,
  /** A port of this machine that leads to one of the pod. */
  'forward:open': podAddress.extend({ port: z.int().min(1).max(65_535) }),
  'forward:list': z.strictObject({}),
  'forward:close': z.strictObject({ forward: z.uuid() }),
  /** Something on the network, tried from inside a container. */
  'network:test': containerAddress.extend({
    kind: z.enum(networkTests),
    host: z.string().max(253).regex(hostPattern),
    port: z.int().min(1).max(65_535).optional(),
    path: z.string().max(2048).regex(urlPathPattern).optional(),
  }),
  'file:open': fileAddress,
  /** Names that have this text in them, in a folder and below. */
  'file:find': fileAddress.extend({ text: z.string().min(1).max(255) }),
  'process:signal': processAddress.extend({ signal: z.enum(signals) }),
  'debuggers:list': z.strictObject({ context: contextName }),
  'debugger:end': containerAddress,
  /** A pod that was made for debugging. */
  'debug-pod:delete': podAddress,
  /** A pod whose owner makes a new one in its place. */
  'pod:recreate': podAddress,
  'recordings:list': z.strictObject({}),
  'recording:delete': z.strictObject({ recording: recordingId }),
} as const;

export type RequestName = keyof typeof requests;
export type RequestOf<N extends RequestName> = z.output<(typeof requests)[N]>;
export type DebugRequest = RequestOf<'debug:check'>;
export type DebugRequestOf<K extends DebugRequest['kind']> = Extract<DebugRequest, { kind: K }>;

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

/** On a debugger's own process, on the application's own, or on a process of its own in any container. */
export type TerminalKind = 'debug' | 'attach' | 'exec';

export type TerminalState =
  /** `problem`: waiting alone won't help, though the node may go on trying. */
  | { kind: 'starting'; step: string; detail?: string; problem?: WireError }
  | { kind: 'live' }
  /**
   * The connection to the container broke while it ran, at this time (ms since 1970); it is being made again. `problem`:
   * that waits for somebody.
   */
  | { kind: 'reconnecting'; since: number; problem?: WireError }
  /** `why`: what its exit code means, where it means more than that the program said so. */
  | { kind: 'ended'; exitCode: number | undefined; reason: string; why?: string; error?: WireError };

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
  /** Its pod was made for it, and is deleted once its process has ended. */
  madePod?: MadePodKind | undefined;
  /** A word in the command line of a shell by exec, by which its process can be told from others. */
  mark?: string | undefined;
  /** Milliseconds since 1970. */
  createdAt: number;
  state: TerminalState;
  recording: RecordingState;
  /** The steps of its start so far, of one that was started here. */
  timeline: StartStep[];
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

/** What was started: with a terminal, unless it is a copy in which nothing but images differs. */
export interface StartedDebugger {
  namespace: string;
  pod: string;
  terminal: TerminalSummary | undefined;
}

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

/** A part of a container (core/v1), and the same in YAML with remarks. */
export interface MirroredContainer {
  fields: { [field: string]: unknown };
  text: string;
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
  'debug:start': StartedDebugger;
  'debug:check': Preflight;
  'container:mirror': MirroredContainer;
  'workload:pod': { pod: string };
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
  'abilities:observe': Ability[];
  'namespaces:probe': NamespaceObservation;
  'processes:watch': null;
  'process:read': ProcessDetail;
  /** `NAME=value` each. */
  'process:environment': string[];
  'process:signal': null;
  'network:read': PodNetwork;
  'node:namespaces': NodeNamespaces;
  'pod:owners': PodOwners;
  'pod:manifest': { yaml: string };
  'pod:services': PodServices;
  'forward:open': PortForward;
  'forward:list': PortForward[];
  'forward:close': null;
  'network:test': NetworkTestResult;
  'file:open': OpenedFile;
  'file:find': FoundFiles;
  'debuggers:list': DebuggerList;
  'debugger:end': null;
  'debug-pod:delete': null;
  'pod:recreate': null;
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
  'processes:changed': (fact: ProcessChange & { subscription: string }) => void;
  'watch:state': (fact: { subscription: string; state: WatchState }) => void;
  'terminal:changed': (fact: TerminalSummary) => void;
  'terminal:audience': (fact: TerminalAudience & { session: string }) => void;
  'terminal:closed': (fact: { session: string }) => void;
  'terminal:output': (fact: { session: string; position: number; bytes: Uint8Array; historyEnd: number }) => void;
  /** `bytes` draw the screen as it was at `position`, instead of what was drawn before. To be acknowledged. */
  'terminal:snapshot': (fact: TerminalScreen & { session: string }) => void;
}
export type FactName = keyof Facts;
