import type { Level } from '../pods.ts';
import type { ContainerStatusLike, PodLike } from './pod-like.ts';

/** The STATUS column of `kubectl get pods` (kubernetes pkg/printers/internalversion/printers.go, printPod). */
export function podStatus(pod: PodLike): string {
  const status = pod.status ?? {};
  const init = initStatus(pod);
  const reason = init ?? mainStatus(pod, status.reason ?? status.phase ?? 'Unknown');
  if (pod.metadata?.deletionTimestamp && status.reason === 'NodeLost') return 'Unknown';
  const isOver = status.phase === 'Succeeded' || status.phase === 'Failed';
  return pod.metadata?.deletionTimestamp && !isOver ? 'Terminating' : reason;
}

/** What the init phase says while it lasts; undefined once all init containers are through. */
function initStatus(pod: PodLike): string | undefined {
  const specs = pod.spec?.initContainers ?? [];
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = specs.find((spec) => spec.name === container.name)?.restartPolicy === 'Always';
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0 || (isSidecar && container.started)) continue;
    if (terminated) return `Init:${terminated.reason || exitWord(terminated)}`;
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
    return `Init:${index}/${specs.length}`;
  }
  return undefined;
}

function mainStatus(pod: PodLike, fallback: string): string {
  const containers = pod.status?.containerStatuses ?? [];
  // The first container that has something to say; kubectl walks them from the last.
  let reason = fallback;
  for (const { state } of containers.toReversed()) {
    if (state?.waiting?.reason) reason = state.waiting.reason;
    else if (state?.terminated) reason = state.terminated.reason || exitWord(state.terminated);
  }
  const anyReady = containers.some((container) => container.ready && container.state?.running);
  if (reason !== 'Completed' || !anyReady) return reason;
  return isConditionTrue(pod, 'Ready') ? 'Running' : 'NotReady';
}

function exitWord(terminated: { signal?: number; exitCode: number }): string {
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

export function isConditionTrue(pod: PodLike, type: string): boolean {
  return (pod.status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
}

/** Waiting like this is the normal way to start; anything else that waits has a problem. */
const starting = new Set(['ContainerCreating', 'PodInitializing', 'Pending', 'SchedulingGated']);

/** A pod that should be ready this long after its start and isn't needs a look. Most probes pass well within it. */
const readyGraceMs = 60_000;

export function podLevel(pod: PodLike, status: string, now = Date.now()): Level {
  if (status === 'Completed' || status === 'Succeeded') return 'done';
  if (status === 'Terminating') return 'pending';
  if (status === 'Running') {
    if (isConditionTrue(pod, 'Ready')) return 'ok';
    return now - toMilliseconds(pod.status?.startTime) > readyGraceMs ? 'problem' : 'pending';
  }
  if (status === 'Pending') return isUnschedulable(pod) ? 'problem' : 'pending';
  return starting.has(status) || /^Init:\d/.test(status) ? 'pending' : 'problem';
}

function isUnschedulable(pod: PodLike): boolean {
  return (pod.status?.conditions ?? []).some(
    (c) => c.type === 'PodScheduled' && c.status === 'False' && c.reason === 'Unschedulable',
  );
}

export function restartsOf(statuses: ContainerStatusLike[] | undefined): number {
  return (statuses ?? []).reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
}

/** The typed API says Date; JSON gives a string. */
export function toMilliseconds(time: Date | string | undefined): number {
  return time === undefined ? 0 : new Date(time).getTime() || 0;
}
