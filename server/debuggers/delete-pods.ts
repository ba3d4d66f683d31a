import { madePodGraceSeconds, madePodKind } from '#lib/debug/made-pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { deletePod, getPod } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';

/** Deletes a pod that was made for debugging, with all that runs in it. Nothing else is deleted. */
export async function deleteMadePod(cluster: Cluster, address: PodAddress): Promise<void> {
  const pod = await getPod(cluster, address);
  if (madePodKind(pod) === undefined)
    throw new AppError('invalid', `Pod ${address.pod} was not made for debugging: it is left as it is.`);
  await deletePod(cluster, address, madePodGraceSeconds);
}

/** Deletes a pod that its owner makes anew: one without the debuggers that a pod keeps for ever. */
export async function recreatePod(cluster: Cluster, address: PodAddress): Promise<void> {
  const { owner } = await getPod(cluster, address);
  if (owner === undefined)
    throw new AppError('invalid', `Pod ${address.pod} has no owner that would make a new one: it is left as it is.`);
  await deletePod(cluster, address);
}
