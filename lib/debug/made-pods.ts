import type { PodDetail } from '../pods.ts';

/** Pods that are made for debugging, and deleted after it. */
export type MadePodKind = 'copy' | 'node';

/** On each pod of ours, so that it can be found when its terminal is gone; the value is its kind. */
export const madePodLabel = 'ephemera/debugger';
/** On copies: the name of the pod that they are made from. */
export const copiedFromAnnotation = 'ephemera/copied-from';
/** On copies: the container that is the debugger. */
export const debuggerAnnotation = 'ephemera/container';
/** Seconds that its processes have to end: it serves nobody, and a shell that is process 1 ignores the signal. */
export const madePodGraceSeconds = 1;
/** As `kubectl debug` marks its own from 1.34 on (pkg/cmd/debug/debug.go). */
export const kubectlLabel: readonly [name: string, value: string] = ['app.kubernetes.io/managed-by', 'kubectl-debug'];

/**
 * What the pod was made for; undefined: not for debugging, as far as can be told. kubectl leaves no mark on its copies, and up
 * to 1.33 none but a name on its debuggers of nodes.
 */
export function madePodKind(pod: Pick<PodDetail, 'name' | 'labels' | 'owner'>): MadePodKind | undefined {
  // What has an owner is somebody's, whatever its labels say.
  if (pod.owner !== undefined) return undefined;
  const kind = pod.labels[madePodLabel];
  if (kind === 'copy' || kind === 'node') return kind;
  const [label, value] = kubectlLabel;
  const isOfKubectl = pod.labels[label] === value || pod.name.startsWith('node-debugger-');
  return isOfKubectl ? 'node' : undefined;
}

type MadePod = Pick<PodDetail, 'name' | 'labels' | 'owner' | 'debugContainer'>;

/** The same, of a container that is the debugger there; undefined of the application's own. */
export function madePodKindOf(pod: MadePod, container: string): MadePodKind | undefined {
  const kind = madePodKind(pod);
  return kind === 'node' || pod.debugContainer === container ? kind : undefined;
}
