/** How urgently a person should look at a pod or container. */
export type Level = 'ok' | 'pending' | 'problem' | 'done';

/** One line of the pod table: all that the list of a big cluster can afford to send. */
export interface PodRow {
  uid: string;
  namespace: string;
  name: string;
  readyContainers: number;
  totalContainers: number;
  /** As `kubectl get pods` prints it: Running, CrashLoopBackOff, Init:0/1, … */
  status: string;
  level: Level;
  restarts: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  node: string | undefined;
  /** Ephemeral containers: all that were ever added, and those that still run. */
  debuggers: number;
  runningDebuggers: number;
}

export type ContainerKind = 'init' | 'sidecar' | 'main' | 'ephemeral';

export type ContainerState =
  | { kind: 'waiting'; reason: string; message?: string }
  | { kind: 'running'; startedAt: number }
  | { kind: 'terminated'; reason: string; message?: string; exitCode: number; finishedAt: number | undefined }
  | { kind: 'unknown' };

export interface ContainerDetail {
  name: string;
  kind: ContainerKind;
  image: string;
  /** `containerd://…`, once the runtime has made it. */
  containerId: string | undefined;
  state: ContainerState;
  /** How it ended the last time, where it was started again. */
  lastEnd: Extract<ContainerState, { kind: 'terminated' }> | undefined;
  ready: boolean;
  restarts: number;
  stdin: boolean;
  tty: boolean;
  /** Ephemeral containers only: the container whose pid namespace was asked for. */
  target: string | undefined;
  /** The user that the pod's spec says (runAsUser); undefined: its image's. */
  user: number | undefined;
  addedCapabilities: string[];
  privileged: boolean;
}

export interface PodEvent {
  uid: string;
  type: string;
  reason: string;
  message: string;
  count: number;
  /** Milliseconds since 1970, of the last time it happened. */
  at: number;
  source: string;
  /** The container that it is about, where it is about one. */
  container: string | undefined;
}

/** What of a pod's spec decides its namespaces. */
export interface PodNamespaceSettings {
  hostNetwork: boolean;
  hostPID: boolean;
  hostIPC: boolean;
  hostUsers: boolean;
  /** Undefined: the pod says nothing, which means no, and yes in a copy. */
  shareProcessNamespace: boolean | undefined;
}

export interface PodCondition {
  /** Ready, PodScheduled, … */
  type: string;
  isTrue: boolean;
  reason: string;
  message: string;
  /** When it became so, in milliseconds since 1970; undefined where nobody says. */
  at: number | undefined;
}

export interface PodVolume {
  name: string;
  /** As the API calls it: configMap, secret, emptyDir, persistentVolumeClaim, … */
  kind: string;
  /** What it is filled from, where that has a name. */
  source: string | undefined;
}

export interface PodDetail {
  uid: string;
  namespace: string;
  name: string;
  node: string | undefined;
  phase: string;
  status: string;
  level: Level;
  podIP: string | undefined;
  createdAt: number;
  deletedAt: number | undefined;
  owner: string | undefined;
  serviceAccount: string | undefined;
  /** Whom its containers run as (runAsUser) where they say nothing; undefined: as their images say. */
  user: number | undefined;
  labels: Record<string, string>;
  /** Of a copy that was made for debugging: the pod that it is made from. */
  copiedFrom: string | undefined;
  /** The same: the container that is the debugger. */
  debugContainer: string | undefined;
  settings: PodNamespaceSettings;
  conditions: PodCondition[];
  volumes: PodVolume[];
  containers: ContainerDetail[];
}

/** A pod that will never run anything again; no container can be started in it. */
export function isFinished(pod: Pick<PodDetail, 'phase'>): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

/** Those that run, by their names; what was started last comes first: the debugger that somebody has just added. */
export function runningContainers({ containers }: Pick<PodDetail, 'containers'>): string[] {
  return containers
    .flatMap(({ name, state }) => (state.kind === 'running' ? [{ name, startedAt: state.startedAt }] : []))
    .sort((a, b) => b.startedAt - a.startedAt)
    .map(({ name }) => name);
}
