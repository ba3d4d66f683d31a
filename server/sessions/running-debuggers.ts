import { AppError } from '#lib/protocol/errors.ts';
import type { DebuggerList, RunningDebugger } from '#lib/protocol/events.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { listPods } from '../kubernetes/pods.ts';
import type { SessionRegistry } from './session-registry.ts';

/** The debuggers that run in a cluster, longest first: all that the user may see. */
export async function listRunningDebuggers(cluster: Cluster, registry: SessionRegistry): Promise<DebuggerList> {
  try {
    return { debuggers: await listIn(cluster, registry, undefined), namespace: undefined };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error;
    const namespace = cluster.summary.namespace ?? 'default';
    return { debuggers: await listIn(cluster, registry, namespace), namespace };
  }
}

async function listIn(
  cluster: Cluster,
  registry: SessionRegistry,
  namespace: string | undefined,
): Promise<RunningDebugger[]> {
  const debuggers: RunningDebugger[] = [];
  for await (const pod of listPods(cluster, namespace)) {
    for (const { name, kind, image, target, state } of pod.containers) {
      if (kind !== 'ephemeral' || state.kind !== 'running') continue;
      const address = { namespace: pod.namespace, pod: pod.name, container: name };
      const session = registry.ofDebugger({ context: cluster.summary.name, ...address });
      debuggers.push({
        ...address,
        image,
        target,
        node: pod.node,
        startedAt: state.startedAt,
        terminal: session && { session: session.id, viewers: session.viewers, quietSince: session.quietSince },
      });
    }
  }
  return debuggers.sort((a, b) => a.startedAt - b.startedAt);
}
