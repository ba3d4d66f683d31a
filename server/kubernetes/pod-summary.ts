import type {
  V1Container,
  V1ContainerState,
  V1ContainerStatus,
  V1EphemeralContainer,
  V1Pod,
  V1Volume,
} from '@kubernetes/client-node';
import { copiedFromAnnotation, debuggerAnnotation } from '#lib/debug/made-pods.ts';
import type { ContainerDetail, ContainerKind, ContainerState, PodDetail, PodRow, PodVolume } from '#lib/pods.ts';
import { podLevel, podStatus, restartsOf, toMilliseconds } from '#lib/printers/pod-status.ts';

/** The border at which Kubernetes' optional-everything pod becomes what the rest of the program may rely on. */
export function toPodRow(pod: V1Pod): PodRow {
  const containers = pod.status?.containerStatuses ?? [];
  const status = podStatus(pod);
  return {
    uid: pod.metadata?.uid ?? '',
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    readyContainers: containers.filter((container) => container.ready).length + readySidecars(pod),
    totalContainers: (pod.spec?.containers ?? []).length + sidecarNames(pod).size,
    status,
    level: podLevel(pod, status),
    restarts: restartsOf(containers),
    createdAt: toMilliseconds(pod.metadata?.creationTimestamp),
    node: pod.spec?.nodeName,
    debuggers: (pod.spec?.ephemeralContainers ?? []).length,
    runningDebuggers: (pod.status?.ephemeralContainerStatuses ?? []).filter((container) => container.state?.running)
      .length,
  };
}

function sidecarNames(pod: V1Pod): Set<string> {
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return new Set(sidecars.map((container) => container.name));
}

function readySidecars(pod: V1Pod): number {
  const names = sidecarNames(pod);
  return (pod.status?.initContainerStatuses ?? []).filter((container) => names.has(container.name) && container.ready)
    .length;
}

export function toPodDetail(pod: V1Pod): PodDetail {
  const status = podStatus(pod);
  const spec = pod.spec;
  const owner = pod.metadata?.ownerReferences?.find((reference) => reference.controller);
  return {
    uid: pod.metadata?.uid ?? '',
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    node: spec?.nodeName,
    phase: pod.status?.phase ?? 'Unknown',
    status,
    level: podLevel(pod, status),
    podIP: pod.status?.podIP,
    createdAt: toMilliseconds(pod.metadata?.creationTimestamp),
    deletedAt: pod.metadata?.deletionTimestamp ? toMilliseconds(pod.metadata.deletionTimestamp) : undefined,
    owner: owner && `${owner.kind} ${owner.name}`,
    serviceAccount: spec?.serviceAccountName,
    user: spec?.securityContext?.runAsUser,
    labels: pod.metadata?.labels ?? {},
    copiedFrom: pod.metadata?.annotations?.[copiedFromAnnotation],
    debugContainer: pod.metadata?.annotations?.[debuggerAnnotation],
    settings: {
      hostNetwork: spec?.hostNetwork === true,
      hostPID: spec?.hostPID === true,
      hostIPC: spec?.hostIPC === true,
      hostUsers: spec?.hostUsers !== false,
      shareProcessNamespace: spec?.shareProcessNamespace,
    },
    conditions: (pod.status?.conditions ?? []).map(({ type, status: is, reason, message, lastTransitionTime }) => ({
      type,
      isTrue: is === 'True',
      reason: reason ?? '',
      message: message ?? '',
      at: lastTransitionTime ? toMilliseconds(lastTransitionTime) : undefined,
    })),
    volumes: (spec?.volumes ?? []).map(toVolume),
    containers: toContainers(pod),
  };
}

/** Of its two fields one is its name, the other what it is. */
function toVolume({ name, ...source }: V1Volume): PodVolume {
  const [kind = 'unknown', value = {}] = Object.entries(source).find(([, one]) => one !== undefined) ?? [];
  // Each kind calls its source otherwise.
  const named = value as { name?: string; secretName?: string; claimName?: string; path?: string };
  return { name, kind, source: named.name ?? named.secretName ?? named.claimName ?? named.path };
}

function toContainers(pod: V1Pod): ContainerDetail[] {
  const { spec, status } = pod;
  const initKind = (container: V1Container): ContainerKind =>
    container.restartPolicy === 'Always' ? 'sidecar' : 'init';
  const containers = [
    ...(spec?.initContainers ?? []).map((c) => toContainer(c, initKind(c), status?.initContainerStatuses)),
    ...(spec?.containers ?? []).map((c) => toContainer(c, 'main', status?.containerStatuses)),
    ...(spec?.ephemeralContainers ?? []).map((c) => toContainer(c, 'ephemeral', status?.ephemeralContainerStatuses)),
  ];
  return containers.map((container) => ({ ...container, user: container.user ?? spec?.securityContext?.runAsUser }));
}

function toContainer(
  container: V1Container | V1EphemeralContainer,
  kind: ContainerKind,
  statuses: V1ContainerStatus[] | undefined,
): ContainerDetail {
  const status = statuses?.find((candidate) => candidate.name === container.name);
  const lastEnd = toState(status?.lastState);
  return {
    name: container.name,
    kind,
    image: container.image ?? '',
    containerId: status?.containerID || undefined,
    state: toState(status?.state),
    lastEnd: lastEnd.kind === 'terminated' ? lastEnd : undefined,
    ready: status?.ready === true,
    restarts: status?.restartCount ?? 0,
    stdin: container.stdin === true,
    tty: container.tty === true,
    target: 'targetContainerName' in container ? container.targetContainerName || undefined : undefined,
    user: container.securityContext?.runAsUser,
    addedCapabilities: container.securityContext?.capabilities?.add ?? [],
    privileged: container.securityContext?.privileged === true,
  };
}

function toState(state: V1ContainerState | undefined): ContainerState {
  if (state?.running) return { kind: 'running', startedAt: toMilliseconds(state.running.startedAt) };
  if (state?.terminated) {
    const { reason, message, exitCode, finishedAt } = state.terminated;
    return {
      kind: 'terminated',
      reason: reason || (exitCode === 0 ? 'Completed' : 'Error'),
      ...(message ? { message } : {}),
      exitCode,
      finishedAt: finishedAt === undefined ? undefined : toMilliseconds(finishedAt),
    };
  }
  if (state?.waiting) {
    const { reason, message } = state.waiting;
    return { kind: 'waiting', reason: reason || 'Waiting', ...(message ? { message } : {}) };
  }
  return { kind: 'unknown' };
}
