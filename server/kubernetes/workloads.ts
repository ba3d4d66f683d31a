import type { PodDetail } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { describeWorkload, type LabelSelector, toSelectorText, type Workload } from '#lib/workload.ts';
import type { Cluster } from './cluster.ts';
import { listPods } from './pod-calls.ts';

/** As it comes over the wire: a Service selects by labels alone. */
interface SelectingObject {
  spec?: { selector?: LabelSelector | Record<string, string> };
}

/** A pod of a workload in which a debugger can be started: one that is ready, else one that runs. */
export async function findPodOf(cluster: Cluster, namespace: string, workload: Workload): Promise<PodDetail> {
  const { kind, name } = workload;
  const { spec } = await cluster.request<SelectingObject>({ verb: 'get', resource: kind, namespace, name });
  const selector = toSelectorText(
    kind === 'services'
      ? { matchLabels: (spec?.selector ?? {}) as Record<string, string> }
      : ((spec?.selector ?? {}) as LabelSelector),
  );
  if (selector === undefined) {
    throw new AppError('invalid', `The ${describeWorkload(workload)} selects no pods: it has no selector.`);
  }
  const pods: PodDetail[] = [];
  for await (const pod of listPods(cluster, namespace, selector)) pods.push(pod);
  const usable = pods.filter((pod) => pod.deletedAt === undefined && pod.phase === 'Running');
  // The oldest: of a rollout that goes wrong, what still serves.
  const [best] = usable.toSorted((a, b) => Number(isReady(b)) - Number(isReady(a)) || a.createdAt - b.createdAt);
  if (best !== undefined) return best;
  const found = pods.map((pod) => `${pod.name} (${pod.deletedAt === undefined ? pod.status : 'Terminating'})`);
  throw new AppError(
    'gone',
    `No pod of ${describeWorkload(workload)} in namespace ${namespace} runs: ${found.join(', ') || 'there is none'}.`,
    { next: 'Look at the list of pods for the reason.' },
  );
}

function isReady(pod: PodDetail): boolean {
  return pod.containers.every(({ kind, ready }) => (kind === 'main' || kind === 'sidecar' ? ready : true));
}
