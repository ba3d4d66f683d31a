import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { PodOnNode } from '#lib/namespaces/of-node.ts';
import { listPageSize } from './api-call.ts';
import type { Cluster } from './cluster.ts';

/** The API server's copy of a pod from a file on the node: the kubelet knows that one by its file's hash. */
const staticPodHash = 'kubernetes.io/config.hash';

/** The pods of a node, as far as the user may list them in all namespaces. */
export async function listPodsOfNode(cluster: Cluster, node: string): Promise<PodOnNode[]> {
  const pods: PodOnNode[] = [];
  let next: string | undefined;
  do {
    const page: { metadata?: { continue?: string }; items: V1Pod[] } = await cluster.request({
      verb: 'list',
      resource: 'pods',
      query: { limit: String(listPageSize), continue: next, fieldSelector: `spec.nodeName=${node}` },
    });
    pods.push(...page.items.map(toPodOnNode));
    next = page.metadata?.continue;
  } while (next);
  return pods;
}

function toPodOnNode({ metadata, status }: V1Pod): PodOnNode {
  const statuses: V1ContainerStatus[] = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    uids: [metadata?.uid, metadata?.annotations?.[staticPodHash]].filter((uid) => uid !== undefined),
    containers: statuses.map(({ name, containerID }) => ({ name, id: containerID?.replace(/^\w+:\/\//, '') })),
  };
}
