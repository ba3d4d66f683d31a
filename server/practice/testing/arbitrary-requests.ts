import fc from 'fast-check';
import { json, names, podEnvelope } from './arbitrary-objects.ts';

const path = fc
  .tuple(
    fc.constantFrom(
      '/api/v1',
      '/apis/apps/v1',
      '/apis/rbac.authorization.k8s.io/v1',
      '/apis/discovery.k8s.io/v1',
      '/apis/authorization.k8s.io/v1',
      '/apis',
      '/openapi/v3',
      '/x',
    ),
    fc.option(names),
    fc.constantFrom(
      'pods',
      'configmaps',
      'deployments',
      'replicasets',
      'services',
      'events',
      'roles',
      'secrets',
      'selfsubjectaccessreviews',
      'nodes',
      'namespaces',
      'none',
    ),
    fc.option(names),
    fc.option(fc.constantFrom('status', 'ephemeralcontainers', 'log', 'scale', 'exec', 'token', 'none')),
  )
  .map(([root, namespace, plural, name, sub]) =>
    [
      root,
      ...(namespace === null ? [] : ['namespaces', encodeURIComponent(namespace)]),
      plural,
      ...(name === null ? [] : [encodeURIComponent(name)]),
      ...(name === null || sub === null ? [] : [sub]),
    ].join('/'),
  );
const query = fc.dictionary(
  fc.constantFrom(
    'labelSelector',
    'fieldSelector',
    'limit',
    'continue',
    'resourceVersion',
    'dryRun',
    'fieldManager',
    'force',
    'container',
    'tailLines',
    'sinceTime',
    'gracePeriodSeconds',
    'fieldValidation',
    'includeObject',
    'propagationPolicy',
  ),
  fc.oneof(
    fc.constantFrom('All', 'true', '0', '-1', '1', 'x', 'a in (b', 'metadata.name=x', '99999999999999999999'),
    fc.string({ maxLength: 12 }),
  ),
  { maxKeys: 3 },
);
const type = fc.constantFrom(
  'application/json',
  'application/strategic-merge-patch+json',
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
  'application/vnd.kubernetes.protobuf',
  'application/yaml',
  'text/plain',
  '',
);
const operations = fc.array(
  fc.record({
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
    path: fc.constantFrom(
      '',
      '/',
      '/metadata',
      '/metadata/labels/a',
      '/spec/containers/-',
      '/spec/containers/0/image',
      '/__proto__/x',
      'x',
    ),
    value: json,
    from: fc.constantFrom('/metadata', '/none'),
  }),
  { maxLength: 3 },
);
const body = fc.oneof(
  json.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  operations.map((value) => Buffer.from(JSON.stringify(value))),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 100 }).map(podEnvelope),
);
const accept = fc.constantFrom('application/json', 'application/json;as=Table;g=meta.k8s.io;v=v1', '*/*', 'x');
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
/** A request of any kind to an API server, most of them nearly right. */
export const arbitraryRequest = fc.record({ method, path, query, type, accept, body });
