import { newSuffix } from '../api/name-suffix.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { isPodReady, type Pod } from '../store/pod.ts';
import type { Service } from '../store/service.ts';
import { ownerReference } from './ownership.ts';
import { reconcileOn } from './reconcile-loop.ts';

const resource = 'endpointslices.discovery.k8s.io';

/** Keeps an EndpointSlice for each Service, with the pods that the Service selects. */
export function startEndpointSlices(store: ObjectStore): () => void {
  return reconcileOn(store, ['services', 'pods'], () => {
    for (const service of store.list('services')) if (service.spec.selector) reconcile(store, service);
  });
}

function reconcile(store: ObjectStore, service: Service): void {
  const { name, namespace } = service.metadata;
  const selector = Object.entries(service.spec.selector ?? {});
  const pods = store
    .list('pods', namespace)
    .filter(
      ({ metadata, status }) =>
        status.podIP !== undefined &&
        !['Succeeded', 'Failed'].includes(status.phase) &&
        selector.every(([key, value]) => metadata.labels?.[key] === value),
    );
  const known = store
    .list(resource, namespace)
    .find(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === service.metadata.uid));
  const content = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    addressType: 'IPv4',
    endpoints: pods.map(toEndpoint),
    ports: (service.spec.ports ?? []).map((port) => ({
      name: port.name ?? '',
      port: portNumber(port.targetPort ?? port.port, pods),
      protocol: port.protocol ?? 'TCP',
    })),
  };
  if (known !== undefined) store.update(resource, { ...known, ...content });
  else
    store.create(resource, {
      ...content,
      metadata: {
        name: `${name}-${newSuffix()}`,
        generateName: `${name}-`,
        generation: 1,
        namespace,
        labels: {
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': name,
        },
        ownerReferences: [ownerReference(service)],
      },
    });
}

function toEndpoint(pod: Pod) {
  const { metadata, spec, status } = pod;
  const isReady = isPodReady(pod);
  const isTerminating = metadata.deletionTimestamp !== undefined;
  return {
    addresses: [status.podIP],
    conditions: { ready: isReady && !isTerminating, serving: isReady, terminating: isTerminating },
    nodeName: spec.nodeName,
    targetRef: { kind: 'Pod', name: metadata.name, namespace: metadata.namespace, uid: metadata.uid },
  };
}

/** A target port may be the name of a pod's port. */
function portNumber(port: number | string, pods: readonly Pod[]): number {
  if (typeof port === 'number') return port;
  const named = pods
    .flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }) => ports))
    .find(({ name }) => name === port);
  return named?.containerPort ?? 0;
}
