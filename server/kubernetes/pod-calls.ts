import type { Readable } from 'node:stream';
import type { V1Pod } from '@kubernetes/client-node';
import type { JsonObject } from '#lib/json.ts';
import type { PodDetail } from '#lib/pods.ts';
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

/** All pods of a namespace, or of the cluster, that a label selector selects, a page at a time. */
export async function* listPods(
  cluster: Cluster,
  namespace: string | undefined,
  selector?: string,
): AsyncGenerator<PodDetail> {
  let next: string | undefined;
  do {
    const page: PodPage = await cluster.request({
      verb: 'list',
      resource: 'pods',
      namespace,
      query: { limit: String(listPageSize), continue: next, labelSelector: selector },
    });
    for (const pod of page.items) yield toPodDetail(pod);
    next = page.metadata?.continue;
  } while (next);
}

/** A pod as the API server has it: core/v1 Pod. */
export async function getPodManifest(cluster: Cluster, { namespace, pod: name }: PodAddress): Promise<JsonObject> {
  return cluster.request<JsonObject>({ verb: 'get', resource: 'pods', namespace, name });
}

/** Whom a container would run as: what its own security context says, or its pod's. */
export interface ContainerUser {
  mustNotBeRoot: boolean;
  /** Undefined: the image's. */
  user: number | undefined;
}

export interface WrittenPod {
  pod: PodDetail;
  /** Whom each of its containers runs as, by their names. */
  users: Map<string, ContainerUser>;
}

/** To try is to have the API server do all that it takes, but keep nothing. */
export type WriteMode = 'keep' | 'try';

/** A field that no pod has is refused, not left out. */
function toWriteQuery(mode: WriteMode): { fieldValidation: 'Strict'; dryRun?: 'All' } {
  return { fieldValidation: 'Strict', ...(mode === 'try' ? { dryRun: 'All' } : {}) };
}

/**
 * Adds a debugger to a pod. A strategic merge patch with only the new container: its list is merged by name, so two
 * people who add one at the same moment both succeed.
 */
export async function addEphemeralContainer(
  cluster: Cluster,
  address: PodAddress,
  container: JsonObject,
  mode: WriteMode,
): Promise<WrittenPod> {
  const pod = await cluster.request<V1Pod>({
    verb: 'patch',
    resource: 'pods',
    subresource: 'ephemeralcontainers',
    namespace: address.namespace,
    name: address.pod,
    query: toWriteQuery(mode),
    body: { spec: { ephemeralContainers: [container] } },
    contentType: 'application/strategic-merge-patch+json',
  });
  return toWrittenPod(pod);
}

export async function createPod(
  cluster: Cluster,
  namespace: string,
  manifest: JsonObject,
  mode: WriteMode,
): Promise<WrittenPod> {
  return toWrittenPod(
    await cluster.request<V1Pod>({
      verb: 'create',
      resource: 'pods',
      namespace,
      query: toWriteQuery(mode),
      body: manifest,
    }),
  );
}

/** `graceSeconds`: how long its processes may take to end; left out: what the pod says. */
export async function deletePod(
  cluster: Cluster,
  { namespace, pod: name }: PodAddress,
  graceSeconds?: number,
): Promise<void> {
  await cluster.request<unknown>({
    verb: 'delete',
    resource: 'pods',
    namespace,
    name,
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }),
    },
  });
}

function toWrittenPod(pod: V1Pod): WrittenPod {
  const ofPod = pod.spec?.securityContext;
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.ephemeralContainers ?? [])];
  return {
    pod: toPodDetail(pod),
    users: new Map(
      containers.map(({ name, securityContext }) => [
        name,
        {
          mustNotBeRoot: securityContext?.runAsNonRoot ?? ofPod?.runAsNonRoot ?? false,
          user: securityContext?.runAsUser ?? ofPod?.runAsUser,
        },
      ]),
    ),
  };
}

export interface LogOptions {
  previous?: 'true' | undefined;
  follow?: 'true' | undefined;
  timestamps?: 'true' | undefined;
  /** Lines. */
  tail?: string | undefined;
  /** Seconds. */
  since?: string | undefined;
}

/** A container's log as the API server streams it; ends when `signal` aborts. */
export async function streamLog(
  cluster: Cluster,
  {
    namespace,
    pod: name,
    container,
    previous,
    follow,
    timestamps,
    tail,
    since,
  }: PodAddress & LogOptions & { container: string },
  signal: AbortSignal,
): Promise<Readable> {
  const query = { container, previous, follow, timestamps, tailLines: tail, sinceSeconds: since };
  return cluster.stream({ verb: 'get', resource: 'pods', subresource: 'log', namespace, name, query }, signal);
}

/** The last lines of what the container has written, and no more than so many bytes of them: whole lines only. */
export async function getLogEnd(
  cluster: Cluster,
  address: PodAddress & { container: string },
  { lines, maxBytes }: { lines: number; maxBytes: number },
  signal: AbortSignal,
): Promise<Buffer> {
  const log = await streamLog(cluster, { ...address, tail: String(lines) }, signal);
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  for await (const chunk of log as AsyncIterable<Buffer>) {
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
