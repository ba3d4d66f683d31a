import type { PodNamespaceSettings } from '../pods.ts';

/** The CRI's NamespaceOption (k8s.io/cri-api runtime/v1), in its own words. */
export interface NamespaceOption {
  network: 'POD' | 'NODE';
  pid: 'POD' | 'CONTAINER' | 'NODE' | 'TARGET';
  ipc: 'POD' | 'NODE';
  target_id?: string;
  userns_options: { mode: 'POD' | 'NODE' };
}

/**
 * What the kubelet asks the runtime for (pkg/kubelet/kuberuntime/util/util.go, NamespacesForPod). `targetId`: the id that the
 * runtime gave the target's container. Core/v1 has no field that says TARGET: the kubelet makes it from targetContainerName.
 */
export function toNamespaceOption(
  settings: PodNamespaceSettings,
  target: string | undefined,
  targetId: string | undefined,
): NamespaceOption {
  const pid = settings.hostPID ? 'NODE' : settings.shareProcessNamespace ? 'POD' : target ? 'TARGET' : 'CONTAINER';
  return {
    network: settings.hostNetwork ? 'NODE' : 'POD',
    pid,
    ipc: settings.hostIPC ? 'NODE' : 'POD',
    ...(pid === 'TARGET' && targetId !== undefined ? { target_id: targetId } : {}),
    userns_options: { mode: settings.hostUsers ? 'NODE' : 'POD' },
  };
}
