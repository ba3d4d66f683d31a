import type { JsonObject } from '../json.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { type DebugContainerOptions, toNewContainer, withCustom } from './debug-container.ts';
import { kubectlLabel, madePodLabel } from './made-pods.ts';
import { applyProfile, type Profile } from './profiles.ts';

export interface NodeDebuggerOptions extends DebugContainerOptions {
  node: string;
}

/** The container in a node debugger's pod, as kubectl calls it. */
export const nodeDebuggerContainer = 'debugger';

/** Profiles with which the node's network, processes and IPC are seen, and those with which its files are. */
export const hostNamespaceProfiles: ReadonlySet<Profile> = new Set<Profile>(['general', 'netadmin', 'sysadmin']);
export const hostFilesProfiles: ReadonlySet<Profile> = new Set<Profile>(['general', 'sysadmin']);

const hostVolume = 'host-root';
/** Where the node's files are seen. */
export const hostFilesPath = '/host';

/**
 * The pod that `kubectl debug -it node/NAME` makes of the same options (pkg/cmd/debug/debug.go, generateNodeDebugPod), and a
 * label of ours, by which it is found again.
 */
export function toNodePod(name: string, options: NodeDebuggerOptions): JsonObject {
  const { node, profile, custom } = options;
  const seesFiles = hostFilesProfiles.has(profile);
  const container = withoutUndefined({
    ...toNewContainer(nodeDebuggerContainer, options),
    // What the profile adds to an ephemeral container, this pod has no need of.
    securityContext: profile === 'general' ? undefined : applyProfile(profile),
    volumeMounts: seesFiles ? [{ name: hostVolume, mountPath: hostFilesPath }] : undefined,
  });
  const [label, value] = kubectlLabel;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { [label]: value, [madePodLabel]: 'node' } },
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
      containers: [withCustom(container, custom)],
      ...(hostNamespaceProfiles.has(profile) ? { hostNetwork: true, hostPID: true, hostIPC: true } : {}),
      ...(seesFiles ? { volumes: [{ name: hostVolume, hostPath: { path: '/' } }] } : {}),
    },
  };
}
