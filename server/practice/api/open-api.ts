import {
  allMessages,
  type Field,
  findMessage,
  jsonFields,
  type Message,
  messageName,
  specialFormOf,
} from '../schema/schema.ts';
import { reviews } from './discovery.ts';
import { apiVersionOf, type Resource, resources } from './resources.ts';

/**
 * The OpenAPI v2 document for kubectl up to 1.30, in protobuf (gnostic's openapi_v2.Document): swagger, info and no
 * paths. kubectl only checks that it exists, and reads v3.
 */
export function openApiV2(): Buffer {
  const text = (field: number, value: string) => Buffer.from([(field << 3) | 2, value.length, ...Buffer.from(value)]);
  const info = Buffer.concat([text(1, 'Kubernetes'), text(2, 'practice')]);
  return Buffer.concat([
    text(1, '2.0'),
    Buffer.from([(2 << 3) | 2, info.length]),
    info,
    Buffer.from([(8 << 3) | 2, 0]),
  ]);
}

/** The OpenAPI v3 documents: all kinds with their fields, for `kubectl explain` and for checks by the client. */
export function openApi(path: string): object | undefined {
  const groupVersions = new Set([
    ...resources.map((resource) => rootOf(resource)),
    ...reviews.map(({ group }) => `apis/${group}/v1`),
  ]);
  if (path === '/openapi/v3') {
    return {
      paths: Object.fromEntries([...groupVersions].map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }])),
    };
  }
  const root = path.replace(/^\/openapi\/v3\//, '');
  if (!groupVersions.has(root)) return undefined;
  const own = resources.filter((resource) => rootOf(resource) === root);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'practice' },
    paths: Object.fromEntries(own.flatMap(pathsOf)),
    components: { schemas: schemasOf(own) },
  };
}

function rootOf(resource: Resource): string {
  return resource.group === '' ? 'api/v1' : `apis/${apiVersionOf(resource)}`;
}

function kindOf({ group, version, kind }: Resource) {
  return { group, version, kind };
}

function pathsOf(resource: Resource): [string, object][] {
  const scope = resource.namespaced ? '/namespaces/{namespace}' : '';
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const schema = { $ref: `#/components/schemas/${schemaName(nameOf(resource))}` };
  const operation = (action: string) => ({
    parameters,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kindOf(resource),
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  });
  const base = `/${rootOf(resource)}${scope}/${resource.plural}`;
  return [
    [base, { get: operation('list'), post: operation('post') }],
    [
      `${base}/{name}`,
      { get: operation('get'), put: operation('put'), patch: operation('patch'), delete: operation('delete') },
    ],
  ];
}

function nameOf(resource: Resource): string {
  return messageName(apiVersionOf(resource), resource.kind);
}

/** The schemas of these kinds, and of all types that they refer to. */
function schemasOf(own: readonly Resource[]): Record<string, object> {
  const schemas: Record<string, object> = {};
  const waiting = own.map(nameOf);
  const kinds = new Map(own.map((resource) => [nameOf(resource), resource]));
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const message = findMessage(name);
    if (message === undefined || schemaName(name) in schemas) continue;
    const resource = kinds.get(name);
    schemas[schemaName(name)] = toSchema(message, resource);
    waiting.push(
      ...Object.values(jsonFields(message)).flatMap(({ type }) =>
        type in allMessages() && !specialFormOf(type) ? [type] : [],
      ),
    );
  }
  return schemas;
}

function toSchema(message: Message, resource: Resource | undefined): object {
  const typeMeta = resource
    ? {
        apiVersion: { type: 'string', description: typeMetaDocs.apiVersion },
        kind: { type: 'string', description: typeMetaDocs.kind },
      }
    : {};
  const fields = Object.entries(jsonFields(message)).map(([name, field]) => [name, fieldSchema(field)]);
  return {
    type: 'object',
    ...(message.doc === undefined ? {} : { description: message.doc }),
    properties: { ...typeMeta, ...Object.fromEntries(fields) },
    ...(resource ? { 'x-kubernetes-group-version-kind': [kindOf(resource)] } : {}),
  };
}

const typeMetaDocs = {
  apiVersion:
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values.',
  kind: 'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase.',
};

function fieldSchema(field: Field): object {
  const description = field.doc === undefined ? {} : { description: field.doc };
  const merge = {
    ...(field.mergeKey ? { 'x-kubernetes-patch-merge-key': field.mergeKey } : {}),
    ...(field.strategy ? { 'x-kubernetes-patch-strategy': field.strategy } : {}),
  };
  const value = valueSchema(field.type);
  if (field.list) return { type: 'array', items: value, ...description, ...merge };
  if (field.map) return { type: 'object', additionalProperties: value, ...description };
  // A reference must stand alone, so it goes into a list of one.
  return '$ref' in value ? { allOf: [value], default: {}, ...description } : { ...value, ...description };
}

function valueSchema(type: string): object {
  switch (specialFormOf(type)) {
    case 'time':
      return { type: 'string', format: 'date-time' };
    case 'quantity':
      return { type: 'string' };
    case 'int-or-string':
      return { type: 'string', format: 'int-or-string' };
    case 'raw':
      return { type: 'object' };
    case 'list-of-strings':
      return { type: 'array', items: { type: 'string' } };
    case undefined:
      return type.includes('.') ? { $ref: `#/components/schemas/${schemaName(type)}` } : scalarSchema(type);
  }
}

function scalarSchema(type: string): object {
  switch (type) {
    case 'bool':
      return { type: 'boolean' };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: type };
    case 'double':
      return { type: 'number', format: 'double' };
    case 'bytes':
      return { type: 'string', format: 'byte' };
    default:
      return { type: 'string' };
  }
}

/** `io.k8s.api.core.v1.Pod`, as Kubernetes names its schemas. */
function schemaName(message: string): string {
  return message.replace(/^k8s\.io\./, 'io.k8s.');
}
