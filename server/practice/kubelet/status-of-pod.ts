import { toTimestamp } from '../store/object-store.ts';
import type { Condition, Pod, PodStatus } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';

export interface StatusParts {
  pod: Pod;
  node: NodeContext;
  records: readonly ContainerRecord[];
  hasSandbox: boolean;
  startTime: Date;
  podIp: string | undefined;
}

/** A pod's status from the states of its containers (k8s.io/kubernetes pkg/kubelet/status). */
export function statusOf(parts: StatusParts): PodStatus {
  const { pod, node, records, podIp } = parts;
  const phase = phaseOf(pod, records);
  const statuses = (kind: ContainerRecord['kind'], field: string) => {
    const own = records.filter((record) => record.kind === kind).map((record) => record.toStatus());
    return own.length > 0 ? { [field]: own } : {};
  };
  return {
    phase,
    conditions: conditionsOf(parts, phase),
    hostIP: node.ip,
    hostIPs: [{ ip: node.ip }],
    ...(podIp === undefined ? {} : { podIP: podIp, podIPs: [{ ip: podIp }] }),
    ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
    startTime: toTimestamp(parts.startTime),
    ...statuses('initContainers', 'initContainerStatuses'),
    ...statuses('containers', 'containerStatuses'),
    ...statuses('ephemeralContainers', 'ephemeralContainerStatuses'),
  };
}

function phaseOf({ spec }: Pod, records: readonly ContainerRecord[]): PodStatus['phase'] {
  const inits = records.filter(({ kind }) => kind === 'initContainers');
  const apps = records.filter(({ kind }) => kind === 'containers');
  const failedInit = inits.find((record) => record.hasEnded && !record.hasSucceeded);
  if (failedInit !== undefined && spec.restartPolicy === 'Never') return 'Failed';
  if (inits.some((record) => !record.hasSucceeded)) return 'Pending';
  const running = apps.filter(({ state }) => state.running).length;
  const ended = apps.filter(
    ({ state, lastState }) => state.terminated ?? (state.waiting && lastState.terminated),
  ).length;
  if (running + ended < apps.length) return 'Pending';
  if (running > 0) return 'Running';
  if (spec.restartPolicy === 'Always') return 'Running';
  if (apps.every((record) => record.hasSucceeded)) return 'Succeeded';
  return spec.restartPolicy === 'Never' ? 'Failed' : 'Running';
}

function conditionsOf({ pod, records, hasSandbox }: StatusParts, phase: PodStatus['phase']): Condition[] {
  const isFinished = phase === 'Succeeded' || phase === 'Failed';
  const apps = records.filter(({ kind }) => kind === 'containers');
  const waiting = records.filter((record) => record.kind === 'initContainers' && !record.hasSucceeded);
  const unready = apps.filter((record) => !(record.state.running && record.isReady));
  const readiness =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : phase === 'Failed'
        ? { reason: 'PodFailed' }
        : {
            reason: 'ContainersNotReady',
            message: `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`,
          };
  const isReady = !isFinished && unready.length === 0 && waiting.length === 0;
  const initialized =
    waiting.length === 0
      ? phase === 'Succeeded'
        ? { status: 'True' as const, reason: 'PodCompleted' }
        : { status: 'True' as const }
      : {
          status: 'False' as const,
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${waiting.map(({ name }) => name).join(' ')}]`,
        };
  const wanted: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>[] = [
    { type: 'PodReadyToStartContainers', status: hasSandbox && !isFinished ? 'True' : 'False' },
    { type: 'Initialized', ...initialized },
    { type: 'Ready', ...(isReady ? { status: 'True' } : { status: 'False', ...readiness }) },
    { type: 'ContainersReady', ...(isReady ? { status: 'True' } : { status: 'False', ...readiness }) },
    { type: 'PodScheduled', status: 'True' },
  ];
  return wanted.map((one) => {
    const before = pod.status.conditions?.find(({ type }) => type === one.type);
    const lastTransitionTime = before?.status === one.status ? before.lastTransitionTime : toTimestamp(new Date());
    return { lastProbeTime: null, lastTransitionTime, ...one };
  });
}
