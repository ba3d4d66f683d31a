import { formatDuration } from '#lib/printers/duration.ts';
import type { PodLike } from '#lib/printers/pod-like.ts';
import { podStatus } from '#lib/printers/pod-status.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { readField, valueAt } from './selectors.ts';

/** A column of the tables that `kubectl get` prints. The server makes the tables, so every client prints the same. */
export interface TableColumn {
  name: string;
  type: 'string' | 'integer';
  /** 0: always shown. 1: shown with -o wide. */
  priority: 0 | 1;
  value(object: StoredObject): string | number;
}

function column(name: string, value: TableColumn['value'], options: Partial<TableColumn> = {}): TableColumn {
  return { name, type: 'string', priority: 0, value, ...options };
}

/** Reads a field as text; `missing` stands in for an empty field. */
const field =
  (path: string, missing = '<none>') =>
  (object: StoredObject) =>
    readField(object, path) || missing;

const name = column('Name', (object) => object.metadata.name);
const age = column('Age', (object) => formatAge(object.metadata.creationTimestamp));
const wide = { priority: 1 } as const;

/** The columns of k8s.io/kubernetes pkg/printers/internalversion/printers.go. */
const columns: Record<string, TableColumn[]> = {
  namespaces: [name, column('Status', field('status.phase')), age],
  nodes: [
    name,
    column('Status', (object) => (conditionOf(object, 'Ready') === 'True' ? 'Ready' : 'NotReady')),
    column('Roles', rolesOf),
    age,
    column('Version', field('status.nodeInfo.kubeletVersion', '')),
    column('Internal-IP', (object) => addressOf(object, 'InternalIP'), wide),
    column('External-IP', (object) => addressOf(object, 'ExternalIP'), wide),
    column('OS-Image', field('status.nodeInfo.osImage', '<unknown>'), wide),
    column('Kernel-Version', field('status.nodeInfo.kernelVersion', '<unknown>'), wide),
    column('Container-Runtime', field('status.nodeInfo.containerRuntimeVersion', '<unknown>'), wide),
  ],
  pods: [
    name,
    column(
      'Ready',
      (object) =>
        `${statusesOf(object).filter((status) => valueAt(status, 'ready') === true).length}/${countOf(object, 'spec.containers')}`,
    ),
    column('Status', (object) => podStatus(object as PodLike)),
    column('Restarts', (object) =>
      String(statusesOf(object).reduce<number>((sum, status) => sum + Number(valueAt(status, 'restartCount') ?? 0), 0)),
    ),
    age,
    column('IP', field('status.podIP'), wide),
    column('Node', field('spec.nodeName'), wide),
    column('Nominated Node', field('status.nominatedNodeName'), wide),
    column('Readiness Gates', () => '<none>', wide),
  ],
  events: [
    column('Last Seen', (object) => formatAge(readField(object, 'lastTimestamp') || object.metadata.creationTimestamp)),
    column('Type', field('type', '')),
    column('Reason', field('reason', '')),
    column(
      'Object',
      (object) =>
        `${readField(object, 'involvedObject.kind').toLowerCase()}/${readField(object, 'involvedObject.name')}`,
    ),
    column('Subobject', field('involvedObject.fieldPath', ''), wide),
    column(
      'Source',
      (object) => [readField(object, 'source.component'), readField(object, 'source.host')].filter(Boolean).join(', '),
      wide,
    ),
    column('Message', (object) => readField(object, 'message').trim()),
    column(
      'First Seen',
      (object) => formatAge(readField(object, 'firstTimestamp') || object.metadata.creationTimestamp),
      wide,
    ),
    column('Count', (object) => Number(readField(object, 'count') || 1), { type: 'integer', ...wide }),
    column('Name', (object) => object.metadata.name, wide),
  ],
  services: [
    name,
    column('Type', field('spec.type')),
    column('Cluster-IP', field('spec.clusterIP')),
    column('External-IP', () => '<none>'),
    column('Port(s)', (object) => portsOf(object)),
    age,
    column('Selector', (object) => formatMap(valueAt(object, 'spec.selector')), wide),
  ],
  configmaps: [
    name,
    column('Data', (object) => countOf(object, 'data') + countOf(object, 'binaryData'), { type: 'integer' }),
    age,
  ],
  secrets: [
    name,
    column('Type', field('type')),
    column('Data', (object) => countOf(object, 'data'), { type: 'integer' }),
    age,
  ],
  serviceaccounts: [name, column('Secrets', (object) => countOf(object, 'secrets')), age],
  deployments: [
    name,
    column(
      'Ready',
      (object) => `${Number(readField(object, 'status.readyReplicas'))}/${Number(readField(object, 'spec.replicas'))}`,
    ),
    column('Up-to-date', (object) => Number(readField(object, 'status.updatedReplicas'))),
    column('Available', (object) => Number(readField(object, 'status.availableReplicas'))),
    age,
    ...templateColumns(),
  ],
  replicasets: [
    name,
    column('Desired', (object) => Number(readField(object, 'spec.replicas')), { type: 'integer' }),
    column('Current', (object) => Number(readField(object, 'status.replicas')), { type: 'integer' }),
    column('Ready', (object) => Number(readField(object, 'status.readyReplicas')), { type: 'integer' }),
    age,
    ...templateColumns(),
  ],
  endpointslices: [
    name,
    column('AddressType', field('addressType', '')),
    column(
      'Ports',
      (object) =>
        list(object, 'ports')
          .map((port) => readField(port, 'port'))
          .join(',') || '<unset>',
    ),
    column(
      'Endpoints',
      (object) =>
        list(object, 'endpoints')
          .flatMap((endpoint) => list(endpoint, 'addresses'))
          .join(',') || '<unset>',
    ),
    age,
  ],
};

export function columnsOf(plural: string): TableColumn[] {
  return columns[plural] ?? [name, age];
}

/** Roles are labels with a common prefix. */
function rolesOf({ metadata }: StoredObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const names = Object.keys(metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
  return names.map((key) => key.slice(prefix.length)).join(',') || '<none>';
}

function templateColumns(): TableColumn[] {
  const containers = (object: StoredObject) => list(object, 'spec.template.spec.containers');
  return [
    column(
      'Containers',
      (object) =>
        containers(object)
          .map((one) => readField(one, 'name'))
          .join(','),
      wide,
    ),
    column(
      'Images',
      (object) =>
        containers(object)
          .map((one) => readField(one, 'image'))
          .join(','),
      wide,
    ),
    column('Selector', (object) => formatMap(valueAt(object, 'spec.selector.matchLabels')), wide),
  ];
}

function list(object: unknown, path: string): unknown[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value : [];
}

/** Counts the elements or keys at a path. */
function countOf(object: StoredObject, path: string): number {
  const value = valueAt(object, path);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function statusesOf(object: StoredObject): unknown[] {
  return list(object, 'status.containerStatuses');
}

function conditionOf(object: StoredObject, type: string): string {
  return readField(
    list(object, 'status.conditions').find((one) => readField(one, 'type') === type),
    'status',
  );
}

function addressOf(object: StoredObject, type: string): string {
  return (
    readField(
      list(object, 'status.addresses').find((one) => readField(one, 'type') === type),
      'address',
    ) || '<none>'
  );
}

function portsOf(object: StoredObject): string {
  const ports = list(object, 'spec.ports').map((port) => {
    const nodePort = readField(port, 'nodePort');
    return `${readField(port, 'port')}${nodePort ? `:${nodePort}` : ''}/${readField(port, 'protocol') || 'TCP'}`;
  });
  return ports.join(',') || '<none>';
}

function formatMap(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '<none>';
  return (
    Object.entries(value)
      .map(([key, one]) => `${key}=${one}`)
      .join(',') || '<none>'
  );
}

/** Tables carry ages as text (k8s.io/apimachinery duration.HumanDuration). */
function formatAge(timestamp: string): string {
  const since = Date.parse(timestamp);
  return Number.isNaN(since) ? '<unknown>' : formatDuration(Date.now() - since);
}
