import { toTimestamp } from '../store/object-store.ts';
import type { Workload, WorkloadCondition, WorkloadStatus } from '../store/workload.ts';

/** The annotation that numbers the ReplicaSets of a Deployment. */
export const revision = 'deployment.kubernetes.io/revision';

/** Computes a Deployment's status from its current ReplicaSet and the earlier ones. */
export function deploymentStatus(deployment: Workload, current: Workload, others: Workload[]): WorkloadStatus {
  const sum = (field: string, sets: Workload[]) =>
    sets.reduce((total, set) => total + Number(set.status[field] ?? 0), 0);
  const all = [current, ...others];
  const ready = sum('readyReplicas', all);
  const updated = sum('replicas', [current]);
  const missing = Math.max(0, deployment.spec.replicas - ready);
  const isDone = missing === 0 && sum('replicas', others) === 0;
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(sum('replicas', all) > 0 ? { replicas: sum('replicas', all) } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
    ...(missing > 0 ? { unavailableReplicas: missing } : {}),
    conditions: [
      withTimes(deployment, {
        type: 'Available',
        status: missing === 0 ? 'True' : 'False',
        reason: missing === 0 ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: `Deployment ${missing === 0 ? 'has' : 'does not have'} minimum availability.`,
      }),
      withTimes(deployment, {
        type: 'Progressing',
        status: 'True',
        reason: isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        message: `ReplicaSet "${current.metadata.name}" ${isDone ? 'has successfully progressed' : 'is progressing'}.`,
      }),
    ],
  };
}

/** Keeps the times of a condition that has not changed. */
function withTimes(
  { status }: Workload,
  { type, status: value, reason, message }: { type: string; status: string; reason: string; message: string },
): WorkloadCondition {
  const before = status?.conditions?.find((one) => one.type === type);
  const now = toTimestamp(new Date());
  return {
    type,
    status: value,
    lastUpdateTime: before?.status === value && before.reason === reason ? before.lastUpdateTime : now,
    lastTransitionTime: before?.status === value ? before.lastTransitionTime : now,
    reason,
    message,
  };
}
