import type { V1PodSpec } from '@kubernetes/client-node';
import { createPod, uniqueName } from './pods.ts';
import type { StoryCluster } from './story-cluster.ts';

export interface TemporaryPod extends AsyncDisposable {
  readonly name: string;
}

/** A ready pod that is deleted at the end of the block that declares it: `await using pod = await createTemporaryPod(…)`. */
export async function createTemporaryPod(
  cluster: StoryCluster,
  prefix: string,
  spec: V1PodSpec,
): Promise<TemporaryPod> {
  const name = uniqueName(prefix);
  const end = () => cluster.deletePod(name);
  try {
    await createPod(cluster, name, spec);
  } catch (error) {
    await end();
    throw error;
  }
  return { name, [Symbol.asyncDispose]: end };
}

/** Deletes the copies and node debuggers that a failed story has left in the worker's namespace. */
export async function deleteMadePods(cluster: StoryCluster): Promise<void> {
  // The label that the product gives to each of them.
  const made = await cluster.list('Pod', { labels: 'ephemera/debugger' });
  await Promise.all(made.map(({ metadata }) => cluster.deletePod(metadata?.name ?? '')));
}
