import { randomInt } from 'node:crypto';
import type { ObjectStore } from '../store/object-store.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { applyTypedPatch } from './patch.ts';
import { apiVersionOf, isOfResource, type Resource, storageKey } from './resources.ts';
import { type Predicate, parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { detailsOf, StatusError, toStatusError } from './status.ts';

/** One request about a resource, after its path and query have been read. */
export interface ResourceRequest {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  query: URLSearchParams;
}

export interface ListPage {
  items: StoredObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/** RFC 1123, as most names in Kubernetes are checked. */
const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const maxNameLength = 253;
/** k8s.io/apiserver pkg/storage/names: no vowels, and nothing that looks alike. */
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** What the API server does with objects, for every resource alike; what a kind needs beyond that is added by the caller. */
export class Verbs {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  get(request: ResourceRequest): StoredObject {
    const { resource, namespace } = request;
    const name = requireName(request);
    const object = this.#store.get({ resource: storageKey(resource), namespace, name });
    if (object !== undefined) return object;
    const details = detailsOf(resource, name);
    throw new StatusError('NotFound', `${storageKey(resource)} "${name}" not found`, details);
  }

  list(request: ResourceRequest): ListPage {
    const { resource, namespace, query } = request;
    const matches = selectorOf(request);
    const all = this.#store.list(storageKey(resource), namespace).filter(matches);
    const resourceVersion = String(this.#store.version);
    const limit = Number(query.get('limit') ?? 0);
    const after = decodeContinue(query.get('continue') ?? '');
    const rest = after === undefined ? all : all.filter((object) => placeOf(object) > after);
    if (!(limit > 0) || rest.length <= limit) return { items: rest, metadata: { resourceVersion } };
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    const next = last === undefined ? undefined : Buffer.from(placeOf(last)).toString('base64url');
    return {
      items,
      metadata: {
        resourceVersion,
        ...(next === undefined ? {} : { continue: next }),
        remainingItemCount: rest.length - limit,
      },
    };
  }

  create(request: ResourceRequest, body: NewObject): StoredObject {
    const { resource, namespace } = request;
    const name = nameFor(resource, body);
    requireMatch(request, body);
    if (namespace !== undefined) this.#requireNamespace(namespace, resource);
    const object = {
      ...body,
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: { ...body.metadata, name, ...(resource.namespaced && namespace !== undefined ? { namespace } : {}) },
    };
    if (isDryRun(request))
      return { ...object, metadata: { ...object.metadata, uid: '', resourceVersion: '', creationTimestamp: '' } };
    return this.#inWords(resource, name, () => this.#store.create(storageKey(resource), object));
  }

  update(request: ResourceRequest, body: NewObject): StoredObject {
    const { resource } = request;
    const current = this.get(request);
    requireMatch(request, body);
    const next = {
      ...body,
      apiVersion: current.apiVersion,
      kind: current.kind,
      metadata: { ...body.metadata, name: current.metadata.name },
    } as StoredObject;
    if (current.metadata.namespace !== undefined) next.metadata.namespace = current.metadata.namespace;
    return this.#replace(request, current, keepOtherHalf(request, current, next), resource);
  }

  patch(request: ResourceRequest, contentType: string, body: unknown): StoredObject {
    const { resource } = request;
    const current = this.get(request);
    const next = this.#inWords(resource, current.metadata.name, () => applyTypedPatch(contentType, current, body));
    if (next.metadata?.name !== current.metadata.name || next.kind !== current.kind) {
      throw new StatusError('BadRequest', 'the name of the object does not match the name on the URL');
    }
    return this.#replace(request, current, keepOtherHalf(request, current, next), resource);
  }

  remove(request: ResourceRequest): StoredObject {
    const { resource, namespace } = request;
    const current = this.get(request);
    if (isDryRun(request)) return current;
    const { name } = current.metadata;
    return this.#inWords(resource, name, () => this.#store.remove({ resource: storageKey(resource), namespace, name }));
  }

  removeAll(request: ResourceRequest): ListPage {
    const page = this.list(request);
    for (const { metadata } of page.items)
      this.remove({ ...request, name: metadata.name, namespace: metadata.namespace });
    return page;
  }

  #replace(request: ResourceRequest, current: StoredObject, next: StoredObject, resource: Resource): StoredObject {
    if (isDryRun(request)) return next;
    return this.#inWords(resource, current.metadata.name, () => this.#store.update(storageKey(resource), next));
  }

  #requireNamespace(namespace: string, { plural, group }: Resource): void {
    if (this.#store.get({ resource: 'namespaces', namespace: undefined, name: namespace }) !== undefined) return;
    if (plural === 'events' && group === '') return;
    throw new StatusError('NotFound', `namespaces "${namespace}" not found`, { name: namespace, kind: 'namespaces' });
  }

  #inWords<T>(resource: Resource, name: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw toStatusError(error, detailsOf(resource, name));
    }
  }
}

/** What a list or a watch is restricted to. */
export function selectorOf({ resource, name, query }: ResourceRequest): Predicate {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const supported = ['metadata.name', 'metadata.namespace', ...resource.selectableFields];
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', supported);
  return (object) => labels(object) && fields(object) && (name === undefined || object.metadata.name === name);
}

/** A subresource `status` changes the status alone, the object itself everything else. */
function keepOtherHalf(
  { resource, subresource }: ResourceRequest,
  current: StoredObject,
  next: StoredObject,
): StoredObject {
  if (!resource.subresources.includes('status')) return next;
  if (subresource === 'status')
    return {
      ...current,
      metadata: { ...current.metadata, resourceVersion: next.metadata.resourceVersion },
      status: next['status'],
    };
  const { status: _, ...withoutStatus } = next;
  return (
    current['status'] === undefined ? withoutStatus : { ...withoutStatus, status: current['status'] }
  ) as StoredObject;
}

function requireName({ name, resource }: ResourceRequest): string {
  if (name !== undefined) return name;
  throw new StatusError('BadRequest', `a name is required for ${resource.plural}`);
}

function requireMatch({ resource, namespace, name }: ResourceRequest, body: NewObject): void {
  const { apiVersion = apiVersionOf(resource), kind = resource.kind } = body;
  if (!isOfResource({ apiVersion, kind }, resource)) {
    throw new StatusError('BadRequest', `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}`);
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

function nameFor(resource: Resource, body: NewObject): string {
  const { name, generateName } = (body.metadata ?? {}) as { name?: unknown; generateName?: unknown };
  const chosen =
    typeof name === 'string' && name !== '' ? name : typeof generateName === 'string' ? generateName + newSuffix() : '';
  if (chosen === '')
    throw invalidName(resource, '', 'Required value: name or generateName is required', 'FieldValueRequired');
  if (chosen.length <= maxNameLength && namePattern.test(chosen)) return chosen;
  throw invalidName(
    resource,
    chosen,
    `Invalid value: "${chosen}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
    'FieldValueInvalid',
  );
}

function invalidName(resource: Resource, name: string, message: string, reason: string): StatusError {
  const details = {
    ...detailsOf(resource, name),
    kind: resource.kind,
    causes: [{ reason, message, field: 'metadata.name' }],
  };
  return new StatusError('Invalid', `${resource.kind} "${name}" is invalid: metadata.name: ${message}`, details);
}

function newSuffix(): string {
  return Array.from({ length: 5 }, () => suffixAlphabet.charAt(randomInt(suffixAlphabet.length))).join('');
}

function isDryRun({ query }: ResourceRequest): boolean {
  return query.get('dryRun') === 'All';
}

/** Where an object stands in a list: pages go on after the last one's place, whatever came and went meanwhile. */
function placeOf({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function decodeContinue(token: string): string | undefined {
  if (token === '') return undefined;
  const place = Buffer.from(token, 'base64url').toString('utf8');
  if (!place.includes('/')) throw new StatusError('BadRequest', 'continue key is not valid');
  return place;
}
