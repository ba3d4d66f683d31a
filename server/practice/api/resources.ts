import type { StoredObject } from '../store/stored-object.ts';
import { columnsOf, type TableColumn } from './columns.ts';

/** A kind of object that the practice cluster serves. */
export interface Resource {
  /** '' is the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  shortNames: string[];
  namespaced: boolean;
  /** The fields of field selectors, beside metadata.name and metadata.namespace. */
  selectableFields: string[];
  subresources: string[];
  columns: TableColumn[];
}

type Definition = Pick<Resource, 'plural' | 'singular' | 'kind' | 'shortNames'> & Partial<Resource>;

function define(definition: Definition): Resource {
  return {
    group: '',
    version: 'v1',
    namespaced: true,
    selectableFields: [],
    subresources: [],
    columns: columnsOf(definition.plural),
    ...definition,
  };
}

export const resources: readonly Resource[] = [
  define({
    plural: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    shortNames: ['ns'],
    namespaced: false,
    selectableFields: ['status.phase'],
    subresources: ['status'],
  }),
  define({
    plural: 'nodes',
    singular: 'node',
    kind: 'Node',
    shortNames: ['no'],
    namespaced: false,
    selectableFields: ['spec.unschedulable'],
    subresources: ['status'],
  }),
  define({
    plural: 'pods',
    singular: 'pod',
    kind: 'Pod',
    shortNames: ['po'],
    selectableFields: [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.serviceAccountName',
      'status.phase',
      'status.podIP',
      'status.nominatedNodeName',
    ],
    subresources: ['status', 'ephemeralcontainers', 'log', 'exec', 'attach', 'portforward'],
  }),
  define({
    plural: 'events',
    singular: 'event',
    kind: 'Event',
    shortNames: ['ev'],
    selectableFields: [
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
  }),
  define({
    plural: 'services',
    singular: 'service',
    kind: 'Service',
    shortNames: ['svc'],
    selectableFields: ['spec.clusterIP', 'spec.type'],
    subresources: ['status'],
  }),
  define({ plural: 'configmaps', singular: 'configmap', kind: 'ConfigMap', shortNames: ['cm'] }),
  define({ plural: 'secrets', singular: 'secret', kind: 'Secret', shortNames: [], selectableFields: ['type'] }),
  define({
    plural: 'serviceaccounts',
    singular: 'serviceaccount',
    kind: 'ServiceAccount',
    shortNames: ['sa'],
    subresources: ['token'],
  }),
  define({
    group: 'apps',
    plural: 'deployments',
    singular: 'deployment',
    kind: 'Deployment',
    shortNames: ['deploy'],
    subresources: ['status', 'scale'],
  }),
  define({
    group: 'apps',
    plural: 'replicasets',
    singular: 'replicaset',
    kind: 'ReplicaSet',
    shortNames: ['rs'],
    subresources: ['status', 'scale'],
  }),
  define({
    group: 'discovery.k8s.io',
    plural: 'endpointslices',
    singular: 'endpointslice',
    kind: 'EndpointSlice',
    shortNames: [],
  }),
  ...(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'] as const).map((kind) =>
    define({
      group: 'rbac.authorization.k8s.io',
      plural: `${kind.toLowerCase()}s`,
      singular: kind.toLowerCase(),
      kind,
      shortNames: [],
      namespaced: !kind.startsWith('Cluster'),
    }),
  ),
];

/** `pods`, `deployments.apps`: the key under which the store keeps a resource. */
export function storageKey(resource: Pick<Resource, 'plural' | 'group'>): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}

export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return resources.find((one) => one.group === group && one.version === version && one.plural === plural);
}

export function isGroupVersion(group: string, version: string): boolean {
  return resources.some((one) => one.group === group && one.version === version);
}

export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Whether an object's apiVersion and kind are those of a resource. */
export function isOfResource(object: Pick<StoredObject, 'apiVersion' | 'kind'>, resource: Resource): boolean {
  return object.kind === resource.kind && object.apiVersion === apiVersionOf(resource);
}
