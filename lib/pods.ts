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
  ready: boolean;
  restarts: number;
  stdin: boolean;
  tty: boolean;
  /** Ephemeral containers only: the container whose pid namespace was asked for. */
  target: string | undefined;
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
  shareProcessNamespace: boolean;
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
  labels: Record<string, string>;
  settings: PodNamespaceSettings;
  containers: ContainerDetail[];
}

/** A pod that will never run anything again; no container can be started in it. */
export function isFinished(pod: Pick<PodDetail, 'phase'>): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}
