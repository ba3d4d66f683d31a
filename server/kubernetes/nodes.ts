import type { V1Node } from '@kubernetes/client-node';
import { toFullImageName } from '#lib/image-reference.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from './cluster.ts';

/** What a start on a node depends on. */
export interface NodeState {
  /** Whether it says that it has the image. A node names no more than 50 of its largest. */
  hasImage: boolean;
  /** Why it isn't ready; undefined where it is. */
  trouble: string | undefined;
}

/** Undefined where the user may not look at nodes. */
export async function getNodeState(cluster: Cluster, name: string, image: string): Promise<NodeState | undefined> {
  try {
    const { status } = await cluster.request<V1Node>({ verb: 'get', resource: 'nodes', name });
    const full = toFullImageName(image);
    const ready = status?.conditions?.find(({ type }) => type === 'Ready');
    return {
      hasImage: (status?.images ?? []).some(({ names }) => names?.includes(full)),
      trouble:
        ready === undefined || ready.status === 'True' ? undefined : (ready.message ?? ready.reason ?? 'unknown'),
    };
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
