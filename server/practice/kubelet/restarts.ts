import type { Pod } from '../store/pod.ts';
import { formatGoDuration } from './back-off.ts';
import type { ContainerRecord } from './container-record.ts';
import type { EventRecorder } from './event-recorder.ts';

/** Whether an ended container may start again. */
export function mayRestart({ spec }: Pod, record: ContainerRecord): boolean {
  if (record.kind === 'ephemeralContainers') return false;
  if (spec.restartPolicy === 'Always') return record.kind === 'containers' || !record.hasSucceeded;
  return spec.restartPolicy === 'OnFailure' && !record.hasSucceeded;
}

/**
 * Sets the time of an ended container's next start: at once the first time, then after a growing pause that an event
 * reports. Returns the pause in milliseconds, or 0 if no new pause has begun.
 */
export function prepareRestart(pod: Pod, record: ContainerRecord, events: EventRecorder): number {
  if (record.retryAt > 0) return 0;
  const isFirst = record.restartCount === 0 && record.lastState.terminated === undefined;
  const pause = isFirst ? 0 : record.crashes.failed();
  record.retryAt = Date.now() + pause;
  if (pause === 0) return 0;
  const { name, namespace, uid } = pod.metadata;
  const who = `failed container=${record.name} pod=${name}_${namespace}(${uid})`;
  record.wait('CrashLoopBackOff', `back-off ${formatGoDuration(pause)} restarting ${who}`);
  const message = `Back-off restarting ${who}`;
  events.record(pod, { type: 'Warning', reason: 'BackOff', message, fieldPath: record.fieldPath });
  return pause;
}
