import type { NewObject } from '../store/stored-object.ts';
import { newSuffix } from './name-suffix.ts';
import { apiVersionOf, isOfResource, type Resource } from './resources.ts';
import { type Predicate, parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { detailsOf, StatusError } from './status.ts';

/** A request about a resource, after its path and query have been read. */
export interface ResourceRequest {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  query: URLSearchParams;
}

/** The selection of a list or a watch. */
export function selectorOf({ resource, name, query }: ResourceRequest): Predicate {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const supported = ['metadata.name', 'metadata.namespace', ...resource.selectableFields];
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', supported);
  return (object) => labels(object) && fields(object) && (name === undefined || object.metadata.name === name);
}

export function isDryRun({ query }: ResourceRequest): boolean {
  return query.get('dryRun') === 'All';
}

export function requireName({ name, resource }: ResourceRequest): string {
  if (name !== undefined) return name;
  throw new StatusError('BadRequest', `a name is required for ${resource.plural}`);
}

/** Throws 400 if the body's object has another kind, namespace or name than the path. */
export function requireMatch({ resource, namespace, name }: ResourceRequest, body: NewObject): void {
  const { apiVersion = apiVersionOf(resource), kind = resource.kind } = body;
  if (!isOfResource({ apiVersion, kind }, resource)) {
    const [theirs, ours] = [groupName(apiVersion), resource.group === '' ? 'core' : groupName(apiVersionOf(resource))];
    const why = `converting (${theirs === 'core' ? apiVersion : apiVersion.split('/')[1]}.${kind}) to (${ours}.${resource.kind}): unknown conversion`;
    throw new StatusError(
      'BadRequest',
      `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}: ${why}`,
    );
  }
  const own = body.metadata?.namespace;
  if (own !== undefined && namespace !== undefined && own !== namespace) {
    throw new StatusError(
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (name !== undefined && body.metadata?.name !== undefined && body.metadata.name !== name) {
    throw new StatusError(
      'BadRequest',
      `the name of the object (${body.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
}

/** The name of a group's Go package: `apps` for `apps/v1`. */
function groupName(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core';
}

/** The name of a new object, or a name generated from its generateName. */
export function nameFor(resource: Resource, body: NewObject): string {
  const { name, generateName } = body.metadata ?? {};
  if (typeof name === 'string' && name !== '') return name;
  if (typeof generateName === 'string') return generateName + newSuffix();
  throw nameRequired(resource);
}

function nameRequired(resource: Resource): StatusError {
  const message = 'Required value: name or generateName is required';
  return new StatusError('Invalid', `${resource.kind} "" is invalid: metadata.name: ${message}`, {
    ...detailsOf(resource),
    kind: resource.kind,
    causes: [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }],
  });
}
