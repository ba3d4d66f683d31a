import type { V1EndpointSlice, V1Pod, V1Service } from '@kubernetes/client-node';
import type { PodServices, SelectingService } from '#lib/network/pod-network.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Cluster } from './cluster.ts';
import type { PodAddress } from './pod-watch.ts';

/** A namespace has tens of Services; of more than this the rest is not looked at. */
const maxItems = '1000';

/** The Services that select a pod, and whether each leads to it. Who may not list them is told so. */
export async function servicesOfPod(cluster: Cluster, { namespace, pod: name }: PodAddress): Promise<PodServices> {
  const list = <T>(resource: 'services' | 'endpointslices') =>
    cluster.request<{ items: T[] }>({ verb: 'list', resource, namespace, query: { limit: maxItems } });
  try {
    const [pod, services, slices] = await Promise.all([
      cluster.request<V1Pod>({ verb: 'get', resource: 'pods', namespace, name }),
      list<V1Service>('services'),
      list<V1EndpointSlice>('endpointslices'),
    ]);
    return { kind: 'read', services: selectingServices(pod, services.items, slices.items) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return { kind: 'denied', error: toWireError(error) };
    throw error;
  }
}

/** Pure. */
export function selectingServices(pod: V1Pod, services: V1Service[], slices: V1EndpointSlice[]): SelectingService[] {
  const labels = pod.metadata?.labels ?? {};
  return services
    .filter(({ spec }) => {
      const wanted = Object.entries(spec?.selector ?? {});
      // One without a selector has its endpoints from somebody else.
      return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
    })
    .map((service) => {
      const name = service.metadata?.name ?? '';
      const own = slices.filter(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] === name);
      const endpoints = own.flatMap((slice) => slice.endpoints ?? []);
      const { type = 'ClusterIP', clusterIP, ports = [] } = service.spec ?? {};
      return {
        name,
        type,
        clusterIP: clusterIP === 'None' ? undefined : clusterIP,
        ports: ports.map(({ name: portName, protocol = 'TCP', port, targetPort, nodePort }) => ({
          name: portName,
          protocol,
          port,
          target: String(targetPort ?? port),
          nodePort,
        })),
        state: toState(pod, service, endpoints),
        readyEndpoints: endpoints.filter(({ conditions }) => conditions?.ready !== false).length,
      };
    });
}

type Endpoint = NonNullable<V1EndpointSlice['endpoints']>[number];

function toState(pod: V1Pod, service: V1Service, endpoints: Endpoint[]): SelectingService['state'] {
  const out = (why: string) => ({ kind: 'out', why }) as const;
  const missing = missingPort(pod, service);
  if (missing !== undefined)
    return out(`It leads to a port named ${missing}, and no container of the pod has one: traffic to it goes nowhere.`);
  const own = endpoints.find(({ targetRef }) => targetRef?.kind === 'Pod' && targetRef.name === pod.metadata?.name);
  if (own?.conditions?.ready === true || (own !== undefined && own.conditions?.ready === undefined))
    return { kind: 'in' };
  if (pod.metadata?.deletionTimestamp !== undefined) return out('The pod is being deleted.');
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return out('The pod has finished.');
  if (!pod.status?.podIP) return out('The pod has no address yet.');
  const ready = pod.status.conditions?.find(({ type }) => type === 'Ready');
  if (ready !== undefined && ready.status !== 'True') {
    const waiting = (pod.status.containerStatuses ?? []).filter((one) => !one.ready).map((one) => one.name);
    const whose = waiting.length > 0 ? `: ${waiting.join(', ')} ${waiting.length === 1 ? 'is' : 'are'} not` : '';
    return out(`The pod is not ready${whose}. A Service leads to ready pods alone.`);
  }
  return out('The pod is ready and not in its EndpointSlices: they follow within seconds, if their controller runs.');
}

/** A port that the Service knows by a name that no container gives. */
function missingPort(pod: V1Pod, service: V1Service): string | undefined {
  const names = new Set((pod.spec?.containers ?? []).flatMap(({ ports }) => (ports ?? []).map(({ name }) => name)));
  const targets = (service.spec?.ports ?? []).map(({ targetPort }) => targetPort);
  return targets.find(
    (target): target is string => typeof target === 'string' && !/^\d+$/.test(target) && !names.has(target),
  );
}
