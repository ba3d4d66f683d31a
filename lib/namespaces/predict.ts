import type { PodNamespaceSettings } from '../pods.ts';
import { type NamespaceKind, namespaceKinds } from './kinds.ts';
import { sandboxColumn } from './observation.ts';

/**
 * Who owns a namespace. Two containers share a namespace of one kind exactly where their owners are equal:
 * the node, the pod (its sandbox), or the container of that name.
 */
export type NamespaceOwner = 'node' | 'pod' | `container:${string}`;

export interface Prediction {
  owner: NamespaceOwner;
  /** A sentence: the rule that gives this owner. */
  why: string;
  /** False where the rule depends on what the API doesn't tell, such as the node's cgroup version. */
  certain: boolean;
}

export type PredictedNamespaces = Record<NamespaceKind, Prediction>;

/** What decides a container's namespaces beside its pod's settings. */
export interface NamespacedContainer {
  name: string;
  /** Ephemeral containers only. */
  target?: string | undefined;
}

/**
 * The kubelet's rules (pkg/kubelet/kuberuntime/util/util.go, NamespacesForPod), which it hands to the runtime as
 * CRI NamespaceOptions, and the runtime's defaults for the kinds that the CRI leaves out.
 */
export function predictNamespaces(settings: PodNamespaceSettings, container: NamespacedContainer): PredictedNamespaces {
  const predictions = {} as PredictedNamespaces;
  for (const kind of namespaceKinds) predictions[kind] = rules[kind](settings, container);
  return predictions;
}

/** The sandbox (pause) holds the pod's namespaces and has a mount and, unless it is shared, a pid namespace of its own. */
export function predictSandbox(settings: PodNamespaceSettings): PredictedNamespaces {
  return predictNamespaces(settings, { name: sandboxColumn });
}

type Rule = (settings: PodNamespaceSettings, container: NamespacedContainer) => Prediction;

const certainly = (owner: NamespaceOwner, why: string): Prediction => ({ owner, why, certain: true });
const own = (container: NamespacedContainer): NamespaceOwner => `container:${container.name}`;

const rules: Record<NamespaceKind, Rule> = {
  net: (settings) =>
    settings.hostNetwork
      ? certainly('node', 'hostNetwork is true, so the pod uses the node’s network.')
      : certainly('pod', 'All containers of a pod join the network of its sandbox.'),
  ipc: (settings) =>
    settings.hostIPC
      ? certainly('node', 'hostIPC is true, so the pod uses the node’s IPC objects.')
      : certainly('pod', 'All containers of a pod join the IPC namespace of its sandbox.'),
  uts: (settings) =>
    settings.hostNetwork
      ? certainly('node', 'hostNetwork is true, and a pod on the node’s network keeps the node’s host name.')
      : certainly('pod', 'All containers of a pod have the host name of its sandbox.'),
  pid: predictPid,
  mnt: (_settings, container) =>
    certainly(own(container), 'Each container has its own root file system, whatever else it shares.'),
  user: (settings) =>
    settings.hostUsers
      ? certainly('node', 'hostUsers is not false, so ids in the pod are ids of the node.')
      : certainly('pod', 'hostUsers is false, so the pod has a user namespace of its own.'),
  cgroup: (_settings, container) => ({
    owner: own(container),
    why: 'The runtime gives each container its own view on cgroup v2; on cgroup v1 all share the node’s.',
    certain: false,
  }),
  time: () => certainly('node', 'No runtime makes time namespaces, so the clocks are the node’s.'),
};

function predictPid(settings: PodNamespaceSettings, container: NamespacedContainer): Prediction {
  const { target } = container;
  const ignored = target === undefined ? '' : ` The target ${target} changes nothing here.`;
  if (settings.hostPID)
    return certainly('node', `hostPID is true, so all processes of the node are visible.${ignored}`);
  if (settings.shareProcessNamespace) {
    return certainly(
      'pod',
      `shareProcessNamespace is true: one process list for all containers, with pause as PID 1.${ignored}`,
    );
  }
  if (target !== undefined) {
    return certainly(
      `container:${target}`,
      `Started with target ${target}, so it joins that container’s process list.`,
    );
  }
  return certainly(own(container), 'Neither shareProcessNamespace nor a target: a process list of its own.');
}
