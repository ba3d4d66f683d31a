import type { Pod } from '../store/pod.ts';
import type { ContainerRecord } from './container-record.ts';
import type { NodeContext } from './node-context.ts';

/** Writes an event about one container. */
export type TellEvent = (type: 'Normal' | 'Warning', reason: string, message: string) => void;

export function tellEvent({ events }: NodeContext, pod: Pod, { fieldPath }: ContainerRecord): TellEvent {
  return (type, reason, message) => events.record(pod, { type, reason, message, fieldPath });
}
