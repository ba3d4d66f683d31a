import { randomBytes } from 'node:crypto';
import type { V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { images } from '../images.ts';
import type { StoryCluster } from './story-cluster.ts';

export function isReady(pod: V1Pod): boolean {
  const isTrue = pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return isTrue && pod.metadata?.deletionTimestamp === undefined;
}

/** A name that no other story and no other run uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** Makes a pod and waits until it is ready. */
export async function createPod(cluster: StoryCluster, name: string, spec: V1PodSpec): Promise<V1Pod> {
  await cluster.create('Pod', { metadata: { name }, spec });
  return untilReady(cluster, name);
}

/** A pod with one container `web` that serves http on port 80 and has no shell, ready. Returns its name. */
export async function createWebPod(cluster: StoryCluster): Promise<string> {
  const name = uniqueName('web');
  await createPod(cluster, name, {
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'web', image: images.web }],
  });
  return name;
}

export async function untilReady(cluster: StoryCluster, name: string): Promise<V1Pod> {
  const [pod] = await cluster.until(
    'Pod',
    { name },
    { what: `the readiness of pod ${name}`, isSo: (pods) => pods.some(isReady) },
  );
  if (pod === undefined) throw new Error(`pod ${name} is gone`);
  return pod;
}

export async function untilGone(cluster: StoryCluster, name: string): Promise<void> {
  await cluster.until('Pod', { name }, { what: `the end of pod ${name}`, isSo: (pods) => pods.length === 0 });
}

/** Waits until so many pods with these labels are ready and no other is there, and returns their names. */
export async function readyPods(cluster: StoryCluster, labels: string, count: number): Promise<string[]> {
  const pods = await cluster.until(
    'Pod',
    { labels },
    { what: `${count} ready pods ${labels}`, isSo: (all) => all.length === count && all.every(isReady) },
  );
  return pods.map((pod) => pod.metadata?.name ?? '');
}

/** The only pod with these labels, ready. */
export async function podName(cluster: StoryCluster, labels: string): Promise<string> {
  const [name = ''] = await readyPods(cluster, labels, 1);
  return name;
}

/** Replaces a Deployment's only pod by one that has had no debugger yet, and returns its name. */
export async function freshPod(cluster: StoryCluster, labels: string): Promise<string> {
  await cluster.deletePod(await podName(cluster, labels));
  return podName(cluster, labels);
}

/** What each debugger of a pod does, by their names: running, terminated, waiting. */
export async function debuggerStates(cluster: StoryCluster, pod: string): Promise<Record<string, string>> {
  const { status } = await cluster.get('Pod', pod);
  return Object.fromEntries(
    (status?.ephemeralContainerStatuses ?? []).map(({ name, state = {} }) => [
      name,
      Object.entries(state).find(([, value]) => value !== undefined)?.[0] ?? '',
    ]),
  );
}

/** The address of a pod. */
export async function podAddress(cluster: StoryCluster, pod: string): Promise<string> {
  return (await cluster.get('Pod', pod)).status?.podIP ?? '';
}

/** The runtime's id of a container, without the runtime's name. */
export async function containerId(cluster: StoryCluster, pod: string, container: string): Promise<string> {
  const { status } = await cluster.get('Pod', pod);
  const id = status?.containerStatuses?.find(({ name }) => name === container)?.containerID ?? '';
  return id.replace(/^.*:\/\//, '');
}
