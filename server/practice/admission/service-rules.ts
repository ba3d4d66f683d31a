import type { ObjectStore } from '../store/object-store.ts';
import type { NewService, Service, ServiceSpec } from '../store/service.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { required, requireValid } from './field-error.ts';
import type { Rules } from './rules.ts';

/** The first of Kubernetes' default node ports. */
const firstNodePort = 30_000;

export const serviceRules: Rules<NewService, Service> = {
  onCreate(object, store) {
    return prepare(object, store);
  },
  onUpdate({ object, oldObject, subresource }, store) {
    if (subresource === 'status') return object;
    const { clusterIP, clusterIPs } = oldObject.spec;
    return prepare({ ...object, spec: { clusterIP, clusterIPs, ...object.spec } }, store);
  },
};

function prepare(object: NewService, store: ObjectStore): StoredObject {
  const { spec = {} } = object;
  const type = spec.type ?? 'ClusterIP';
  const hasAddress = type !== 'ExternalName';
  if (hasAddress && (spec.ports ?? []).length === 0 && spec.clusterIP !== 'None')
    requireValid({ kind: 'Service', group: '', name: object.metadata.name }, [required('spec.ports')]);
  const clusterIP = spec.clusterIP || freeClusterIp(store);
  const taken = usedNodePorts(store);
  const nodePort = () => {
    let port = firstNodePort;
    while (taken.has(port)) port += 1;
    taken.add(port);
    return port;
  };
  const ports = spec.ports?.map((port) => ({
    ...port,
    protocol: port.protocol ?? 'TCP',
    targetPort: port.targetPort ?? port.port,
    ...(type === 'NodePort' || type === 'LoadBalancer' ? { nodePort: port.nodePort ?? nodePort() } : {}),
  }));
  return {
    ...object,
    spec: {
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ...spec,
      type,
      ...(ports ? { ports } : {}),
      ...(hasAddress ? { clusterIP, clusterIPs: [clusterIP] } : {}),
      ...(type === 'NodePort' || type === 'LoadBalancer'
        ? { externalTrafficPolicy: spec['externalTrafficPolicy'] ?? 'Cluster' }
        : {}),
    },
    status: { loadBalancer: {} },
  };
}

function specsOf(store: ObjectStore): ServiceSpec[] {
  return store.list('services').map(({ spec }) => spec);
}

function freeClusterIp(store: ObjectStore): string {
  const used = new Set(specsOf(store).map(({ clusterIP }) => clusterIP));
  for (let n = 2; ; n++) {
    const address = `10.96.${n >> 8}.${n & 255}`;
    if (!used.has(address)) return address;
  }
}

function usedNodePorts(store: ObjectStore): Set<number> {
  return new Set(specsOf(store).flatMap(({ ports = [] }) => ports.flatMap(({ nodePort }) => nodePort ?? [])));
}
