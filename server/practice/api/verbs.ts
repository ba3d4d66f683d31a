import { admit } from '../admission/admission.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { type DeleteOptions, removeIfFinished, removeObject } from './deletion.ts';
import { newSuffix } from './name-suffix.ts';
import { applyTypedPatch } from './patch.ts';
import { apiVersionOf, isOfResource, type Resource, storageKey } from './resources.ts';
import { type Predicate, parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { applyServerSide, withManager } from './server-side-apply.ts';
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
    const admitted = this.#admit(request, object as StoredObject, undefined);
    if (isDryRun(request))
      return this.#inWords(resource, name, () => this.#store.preview(storageKey(resource), admitted));
    return this.#inWords(resource, name, () => this.#store.create(storageKey(resource), admitted));
  }

  update(request: ResourceRequest, body: NewObject): StoredObject {
    const current = this.get(request);
    requireMatch(request, body);
    const next = {
      ...body,
      apiVersion: current.apiVersion,
      kind: current.kind,
      metadata: { ...body.metadata, name: current.metadata.name },
    } as StoredObject;
    if (current.metadata.namespace !== undefined) next.metadata.namespace = current.metadata.namespace;
    return this.#replace(request, current, next);
  }

  patch(request: ResourceRequest, contentType: string, body: unknown): StoredObject {
    const { resource } = request;
    const current = this.get(request);
    const next = this.#inWords(resource, current.metadata.name, () => applyTypedPatch(contentType, current, body));
    if (next.metadata?.name !== current.metadata.name || next.kind !== current.kind) {
      throw new StatusError('BadRequest', 'the name of the object does not match the name on the URL');
    }
    return this.#replace(request, current, next);
  }

  /** Server-side apply: makes the object, or brings the fields that the client names to what it says. */
  apply(request: ResourceRequest, body: NewObject): { object: StoredObject; isNew: boolean } {
    const { resource, namespace, query } = request;
    const name = requireName(request);
    const manager = query.get('fieldManager') ?? '';
    if (manager === '')
      throw new StatusError(
        'Invalid',
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    const current = this.#store.get({ resource: storageKey(resource), namespace, name });
    const applied = { ...body, metadata: { ...body.metadata, name } };
    if (current === undefined) {
      const object = this.create({ ...request, name: undefined }, withManager(applied, manager, applied));
      return { object, isNew: true };
    }
    const next = this.#inWords(resource, name, () =>
      applyServerSide(current, applied, { manager, isForced: query.get('force') === 'true' }),
    );
    return { object: this.#replace(request, current, next), isNew: false };
  }

  remove(request: ResourceRequest, options: DeleteOptions = {}): StoredObject {
    const { resource } = request;
    const current = this.get(request);
    const { name } = current.metadata;
    const { uid } = options.preconditions ?? {};
    if (uid !== undefined && uid !== current.metadata.uid)
      throw new StatusError(
        'Conflict',
        `Operation cannot be fulfilled on ${storageKey(resource)} "${name}": Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
        detailsOf(resource, name),
      );
    if (isDryRun(request)) return current;
    const deletion = { resource: storageKey(resource), object: current, options };
    return this.#inWords(resource, name, () => removeObject(this.#store, deletion));
  }

  removeAll(request: ResourceRequest, options: DeleteOptions = {}): ListPage {
    const page = this.list(request);
    for (const { metadata } of page.items)
      this.remove({ ...request, name: metadata.name, namespace: metadata.namespace }, options);
    return page;
  }

  #replace(request: ResourceRequest, current: StoredObject, next: StoredObject): StoredObject {
    const { resource } = request;
    const admitted = this.#admit(request, keepOtherHalf(request, current, next), current);
    if (isDryRun(request)) return admitted;
    return this.#inWords(resource, current.metadata.name, () => {
      const updated = this.#store.update(storageKey(resource), admitted);
      return removeIfFinished(this.#store, storageKey(resource), updated);
    });
  }

  #admit(request: ResourceRequest, object: StoredObject, oldObject: StoredObject | undefined): StoredObject {
    const { resource, subresource, query } = request;
    const { object: admitted, unknown } = admit(this.#store, { resource, subresource, object, oldObject });
    if (unknown.length > 0 && query.get('fieldValidation') === 'Strict') {
      const fields = unknown.map((field) => `unknown field "${field}"`).join(', ');
      throw new StatusError(
        'BadRequest',
        `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${fields}`,
      );
    }
    return admitted;
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

/** As Go's packages are named: `apps` for `apps/v1`. */
function groupName(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core';
}

function nameFor(resource: Resource, body: NewObject): string {
  const { name, generateName } = (body.metadata ?? {}) as { name?: unknown; generateName?: unknown };
  const chosen =
    typeof name === 'string' && name !== '' ? name : typeof generateName === 'string' ? generateName + newSuffix() : '';
  if (chosen === '')
    throw invalidName(resource, '', 'Required value: name or generateName is required', 'FieldValueRequired');
  return chosen;
}

function invalidName(resource: Resource, name: string, message: string, reason: string): StatusError {
  const details = {
    ...detailsOf(resource, name === '' ? undefined : name),
    kind: resource.kind,
    causes: [{ reason, message, field: 'metadata.name' }],
  };
  return new StatusError('Invalid', `${resource.kind} "${name}" is invalid: metadata.name: ${message}`, details);
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
  if (!place.includes('/'))
    throw new StatusError(
      'BadRequest',
      'invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
    );
  return place;
}
