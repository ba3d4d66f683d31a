import type { EventRecorder } from '../kubelet/event-recorder.ts';
import { type ObjectStore, toTimestamp } from '../store/object-store.ts';
import type { Pod } from '../store/pod.ts';
import { reconcileOn } from './reconcile-loop.ts';

/** Binds each pod without a node to the only node, if its selector allows that. */
export function startScheduler(store: ObjectStore, events: EventRecorder): () => void {
  return reconcileOn(store, ['pods', 'nodes'], () => {
    for (const pod of store.list('pods')) {
      if (pod.spec.nodeName === undefined && pod.metadata.deletionTimestamp === undefined) schedule(store, events, pod);
    }
  });
}

function schedule(store: ObjectStore, events: EventRecorder, pod: Pod): void {
  const nodes = store.list('nodes');
  const node = nodes.find(({ metadata }) =>
    Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => metadata.labels?.[key] === value),
  );
  const now = toTimestamp(new Date());
  const base = { type: 'PodScheduled', lastProbeTime: null, lastTransitionTime: now };
  if (node === undefined) {
    const message = `0/${nodes.length} nodes are available: ${nodes.length} node(s) didn't match Pod's node affinity/selector. preemption: 0/${nodes.length} nodes are available: ${nodes.length} Preemption is not helpful for scheduling.`;
    if (pod.status.conditions?.some(({ type, message: said }) => type === 'PodScheduled' && said === message)) return;
    const condition = { ...base, status: 'False' as const, reason: 'Unschedulable', message };
    store.update('pods', { ...pod, status: { ...pod.status, conditions: [condition] } });
    events.record(pod, { type: 'Warning', reason: 'FailedScheduling', message });
    return;
  }
  const { name } = node.metadata;
  const bound = store.update('pods', {
    ...pod,
    spec: { ...pod.spec, nodeName: name },
    status: { ...pod.status, conditions: [{ ...base, status: 'True' as const }] },
  });
  events.record(bound, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${name}`,
  });
}
