import { execFile } from 'node:child_process';
import type {
  CoreV1Event,
  KubernetesObject,
  V1Deployment,
  V1EndpointSlice,
  V1Namespace,
  V1Node,
  V1Pod,
  V1ResourceQuota,
  V1Service,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node';
import type { ApiClient } from './api-client.ts';

/** The kinds that stories make or look at. */
interface Kinds {
  Deployment: V1Deployment;
  EndpointSlice: V1EndpointSlice;
  Event: CoreV1Event;
  Namespace: V1Namespace;
  Node: V1Node;
  Pod: V1Pod;
  ResourceQuota: V1ResourceQuota;
  Service: V1Service;
  ValidatingWebhookConfiguration: V1ValidatingWebhookConfiguration;
}

const places: Record<keyof Kinds, { group: string; plural: string; isOfCluster?: true }> = {
  Deployment: { group: 'apis/apps/v1', plural: 'deployments' },
  EndpointSlice: { group: 'apis/discovery.k8s.io/v1', plural: 'endpointslices' },
  Event: { group: 'api/v1', plural: 'events' },
  Namespace: { group: 'api/v1', plural: 'namespaces', isOfCluster: true },
  Node: { group: 'api/v1', plural: 'nodes', isOfCluster: true },
  Pod: { group: 'api/v1', plural: 'pods' },
  ResourceQuota: { group: 'api/v1', plural: 'resourcequotas' },
  Service: { group: 'api/v1', plural: 'services' },
  ValidatingWebhookConfiguration: {
    group: 'apis/admissionregistration.k8s.io/v1',
    plural: 'validatingwebhookconfigurations',
    isOfCluster: true,
  },
};

/** Objects by their names, labels (`app=web`) or fields (`involvedObject.name=web`). */
export interface Selection {
  name?: string;
  labels?: string;
  fields?: string;
}

export interface StoryClusterOptions {
  kind: ClusterKind;
  kubeconfig: string;
  namespace: string;
  restrictedNamespace: string;
  api: ApiClient;
}

/** `practice`: the product's own; `kubernetes`: a real one on this machine; `given`: a real one somewhere. */
export type ClusterKind = 'practice' | 'kubernetes' | 'given';

/** A start on a loaded machine takes seconds; what takes longer than this does not come. */
const patienceMs = 40_000;

/** The cluster of a worker as its administrator sees it: stories compare the pages with it. */
export class StoryCluster {
  readonly kind: ClusterKind;
  readonly kubeconfig: string;
  /** This worker's own. Another worker has another in the same cluster. */
  readonly namespace: string;
  /** One that enforces the restricted Pod Security Standard. */
  readonly restrictedNamespace: string;
  readonly #api: ApiClient;

  constructor({ kind, kubeconfig, namespace, restrictedNamespace, api }: StoryClusterOptions) {
    this.kind = kind;
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.restrictedNamespace = restrictedNamespace;
    this.#api = api;
  }

  /** What kubectl prints, in this worker's namespace. For what only kubectl can do, and to compare with it. */
  kubectl(...words: string[]): Promise<string> {
    return this.kubectlWith('', ...words);
  }

  /** The same with an input. */
  kubectlWith(input: string | Buffer, ...words: string[]): Promise<string> {
    const all = ['--kubeconfig', this.kubeconfig, '--context', 'admin', '-n', this.namespace, ...words];
    return new Promise((resolve, reject) => {
      // 64 MiB: more than any log or file of a story.
      const child = execFile('kubectl', all, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
      child.stdin?.end(input);
    });
  }

  /** Runs a line of shell in a container and returns what it printed. */
  shell(pod: string, container: string, line: string): Promise<string> {
    return this.kubectl('exec', pod, '-c', container, '--', 'sh', '-c', line);
  }

  find<K extends keyof Kinds>(kind: K, name: string): Promise<Kinds[K] | undefined> {
    return this.#api.get<Kinds[K]>(`${this.#path(kind)}/${name}`);
  }

  async get<K extends keyof Kinds>(kind: K, name: string): Promise<Kinds[K]> {
    const found = await this.find(kind, name);
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  async list<K extends keyof Kinds>(kind: K, selection: Selection = {}): Promise<Kinds[K][]> {
    return (await this.#api.list<Kinds[K]>(`${this.#path(kind)}?${toQuery(selection)}`)).items;
  }

  /** The pods of all namespaces. */
  async allPods(): Promise<V1Pod[]> {
    return (await this.#api.list<V1Pod>('/api/v1/pods')).items;
  }

  create<K extends keyof Kinds>(kind: K, object: Omit<Kinds[K], 'apiVersion' | 'kind'>): Promise<Kinds[K]> {
    const apiVersion = places[kind].group.replace(/^apis?\//, '');
    return this.#api.create<Kinds[K]>(this.#path(kind), { apiVersion, kind, ...object });
  }

  /** False where the cluster has no such kind: the practice cluster has fewer than a real one. */
  async knows(kind: keyof Kinds): Promise<boolean> {
    const { group, plural } = places[kind];
    const found = await this.#api.get<KubernetesObject & { resources: { name: string }[] }>(`/${group}`);
    return found?.resources.some(({ name }) => name === plural) ?? false;
  }

  delete(kind: keyof Kinds, name: string, options: { gracePeriodSeconds?: number } = {}): Promise<void> {
    return this.#api.delete(`${this.#path(kind)}/${name}`, options);
  }

  /** Deletes a pod at once, without waiting until it is gone. */
  deletePod(name: string): Promise<void> {
    return this.delete('Pod', name, { gracePeriodSeconds: 1 });
  }

  /** Waits until the selected objects are as wanted, and returns them. `what` names it in the error. */
  async until<K extends keyof Kinds>(
    kind: K,
    selection: Selection,
    { what, isSo }: { what: string; isSo: (objects: Kinds[K][]) => boolean },
  ): Promise<Kinds[K][]> {
    const signal = AbortSignal.timeout(patienceMs);
    let seen: Kinds[K][] = [];
    while (!signal.aborted) {
      try {
        for await (seen of this.#states(kind, selection, signal)) if (isSo(seen)) return seen;
      } catch (error) {
        // An API server that a story has killed: the next list waits for it.
        if (signal.aborted) break;
        if (!isConnectionError(error)) throw error;
      }
    }
    throw new Error(`${what} did not happen within ${patienceMs / 1_000} s; last seen: ${summary(seen)}`);
  }

  /** The selected objects now and after each change. */
  async *#states<K extends keyof Kinds>(
    kind: K,
    selection: Selection,
    signal: AbortSignal,
  ): AsyncGenerator<Kinds[K][]> {
    const path = this.#path(kind);
    const query = toQuery(selection);
    const { items, metadata } = await this.#api.list<Kinds[K]>(`${path}?${query}`);
    const objects = new Map(items.map((one) => [one.metadata?.name, one]));
    yield [...objects.values()];
    query.set('watch', 'true');
    query.set('resourceVersion', metadata?.resourceVersion ?? '');
    for await (const { type, object } of this.#api.watch<Kinds[K]>(`${path}?${query}`, signal)) {
      if (type === 'ERROR') return;
      if (type === 'DELETED') objects.delete(object.metadata?.name);
      else objects.set(object.metadata?.name, object);
      yield [...objects.values()];
    }
  }

  #path(kind: keyof Kinds): string {
    const { group, plural, isOfCluster } = places[kind];
    return isOfCluster ? `/${group}/${plural}` : `/${group}/namespaces/${this.namespace}/${plural}`;
  }
}

function toQuery({ name, labels, fields }: Selection): URLSearchParams {
  const query = new URLSearchParams();
  if (labels !== undefined) query.set('labelSelector', labels);
  const field = name === undefined ? fields : `metadata.name=${name}`;
  if (field !== undefined) query.set('fieldSelector', field);
  return query;
}

function isConnectionError(error: unknown): boolean {
  return error instanceof Error && ('code' in error || / answered with 50\d/.test(error.message));
}

function summary(objects: KubernetesObject[]): string {
  return JSON.stringify(objects.map(({ metadata, ...rest }) => ({ name: metadata?.name, ...rest }))).slice(0, 2_000);
}
