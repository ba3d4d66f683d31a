import type { V1Pod } from '@kubernetes/client-node';
import type { PodDetail } from '#lib/pods.ts';
import { type Profile, toSecurityContext } from '#lib/profiles.ts';
import { listPageSize } from './api-call.ts';
import type { Cluster } from './cluster.ts';
import { toPodDetail } from './pod-summary.ts';
import type { PodAddress } from './pod-watch.ts';

export async function getPod(
  cluster: Cluster,
  { namespace, pod: name }: PodAddress,
  signal?: AbortSignal,
): Promise<PodDetail> {
  return toPodDetail(await cluster.request<V1Pod>({ verb: 'get', resource: 'pods', namespace, name }, signal));
}

/** As it comes over the wire. */
interface PodPage {
  metadata?: { continue?: string };
  items: V1Pod[];
}

/** All pods of a namespace, or of the cluster, a page at a time. */
export async function* listPods(cluster: Cluster, namespace: string | undefined): AsyncGenerator<PodDetail> {
  let next: string | undefined;
  do {
    const page: PodPage = await cluster.request({
      verb: 'list',
      resource: 'pods',
      namespace,
      query: { limit: String(listPageSize), continue: next },
    });
    for (const pod of page.items) yield toPodDetail(pod);
    next = page.metadata?.continue;
  } while (next);
}

export interface EphemeralContainerSpec {
  name: string;
  image: string;
  profile: Profile;
  target?: string | undefined;
  command?: string[] | undefined;
}

/**
 * Adds a debugger to a pod. A strategic merge patch with only the new container: its list is merged by name, so two
 * people who add one at the same moment both succeed. No stdinOnce, so that detaching doesn't end the shell.
 */
export async function addEphemeralContainer(
  cluster: Cluster,
  address: PodAddress,
  spec: EphemeralContainerSpec,
): Promise<PodDetail> {
  const container = {
    name: spec.name,
    image: spec.image,
    command: spec.command,
    stdin: true,
    tty: true,
    terminationMessagePolicy: 'File',
    targetContainerName: spec.target,
    securityContext: toSecurityContext(spec.profile),
  };
  const patched = await cluster.request<V1Pod>({
    verb: 'patch',
    resource: 'pods',
    subresource: 'ephemeralcontainers',
    namespace: address.namespace,
    name: address.pod,
    body: { spec: { ephemeralContainers: [container] } },
    contentType: 'application/strategic-merge-patch+json',
  });
  return toPodDetail(patched);
}

/** The last lines of what the container has written, and no more than so many bytes of them: whole lines only. */
export async function getLogEnd(
  cluster: Cluster,
  address: PodAddress & { container: string },
  { lines, maxBytes }: { lines: number; maxBytes: number },
  signal: AbortSignal,
): Promise<Buffer> {
  const response = await cluster.stream(
    {
      verb: 'get',
      resource: 'pods',
      subresource: 'log',
      namespace: address.namespace,
      name: address.pod,
      query: { container: address.container, tailLines: String(lines) },
    },
    signal,
  );
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
    while (size - (chunks[0]?.length ?? 0) >= maxBytes) {
      size -= chunks.shift()?.length ?? 0;
      isCut = true;
    }
  }
  const text = Buffer.concat(chunks);
  return text.subarray(isCut ? text.indexOf('\n') + 1 : 0);
}
