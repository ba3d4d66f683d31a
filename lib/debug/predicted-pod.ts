import type { PodDetail } from '../pods.ts';
import type { EphemeralContainerOptions } from './debug-container.ts';
import { hostFilesPath, hostFilesProfiles, hostNamespaceProfiles } from './node-debugger.ts';
import { hasDebugger } from './pod-copy.ts';
import type { DebugRequest, DebugRequestOf } from './request.ts';

/** The pod that a debugger will be in, as far as predictions need it. `pod` is the one that it is asked for from. */
export function predictPod(pod: PodDetail, request: DebugRequest): PodDetail {
  switch (request.kind) {
    case 'ephemeral':
      return pod;
    case 'copy': {
      // Where nothing but images is changed, no profile is applied, and nothing else changes.
      const byDefault = pod.settings.shareProcessNamespace ?? hasDebugger(request);
      const shareProcessNamespace = request.shareProcesses ?? byDefault;
      return { ...pod, name: request.copyName, settings: { ...pod.settings, shareProcessNamespace } };
    }
    case 'node': {
      const isHost = hostNamespaceProfiles.has(request.profile);
      const settings = {
        hostNetwork: isHost,
        hostPID: isHost,
        hostIPC: isHost,
        hostUsers: true,
        shareProcessNamespace: undefined,
      };
      return { ...pod, name: '', user: undefined, settings, containers: [] };
    }
  }
}

/** The debugger's container as if it were an ephemeral one of that pod, for the same. */
export function predictContainer(pod: PodDetail, request: DebugRequest): EphemeralContainerOptions {
  switch (request.kind) {
    case 'ephemeral':
      return request;
    case 'copy':
      return { ...request, image: request.image ?? '', custom: withOwnUser(pod, request) };
    case 'node': {
      const mounts = hostFilesProfiles.has(request.profile) ? [{ name: 'node', mountPath: hostFilesPath }] : [];
      const own = request.custom?.['volumeMounts'];
      // On a node, the general profile adds no capability.
      const profile = request.profile === 'general' ? 'baseline' : request.profile;
      const volumeMounts = [...mounts, ...(Array.isArray(own) ? own : [])];
      return { ...request, profile, custom: { ...request.custom, volumeMounts } };
    }
  }
}

/** A container that is changed keeps its user, unless its profile begins anew. */
function withOwnUser(pod: PodDetail, request: DebugRequestOf<'copy'>): EphemeralContainerOptions['custom'] {
  const { container, profile, custom } = request;
  const user = pod.containers.find(({ name }) => name === container)?.user;
  if (user === undefined || profile === 'baseline' || profile === 'restricted') return custom;
  return { ...custom, securityContext: { runAsUser: user, ...(custom?.['securityContext'] as object | undefined) } };
}
