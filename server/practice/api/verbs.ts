import { admit } from '../admission/admission.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { NamedObject, NewObject, StoredObject } from '../store/stored-object.ts';
import { type DeleteOptions, removeIfFinished, removeObject } from './deletion.ts';
import { type ListPage, pageOf } from './list-page.ts';
import { applyTypedPatch } from './patch.ts';
import { isDryRun, nameFor, type ResourceRequest, requireMatch, requireName, selectorOf } from './resource-request.ts';
import { apiVersionOf, type Resource, storageKey } from './resources.ts';
import { applyServerSide, withManager } from './server-side-apply.ts';
import { detailsOf, StatusError, toStatusError } from './status.ts';

/** The API server's verbs, which work alike for every resource. The caller adds what a single kind needs. */
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
    return pageOf(all, query, String(this.#store.version));
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
    const admitted = this.#admit(request, object, undefined);
    if (isDryRun(request))
      return this.#inWords(resource, name, () => this.#store.preview(storageKey(resource), admitted));
    return this.#inWords(resource, name, () => this.#store.create(storageKey(resource), admitted));
  }

  update(request: ResourceRequest, body: NewObject): StoredObject {
    const current = this.get(request);
    requireMatch(request, body);
    const { apiVersion, kind } = current;
    const { name, namespace } = current.metadata;
    const metadata = { ...body.metadata, name, ...(namespace === undefined ? {} : { namespace }) };
    return this.#replace(request, current, { ...body, apiVersion, kind, metadata });
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

  /** Server-side apply: creates the object, or sets the fields that the client names. */
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
      const object = this.create({ ...request, name: undefined }, withManager(applied, { manager, applied }));
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

  #replace(request: ResourceRequest, current: StoredObject, next: NamedObject): StoredObject {
    const { resource } = request;
    const admitted = this.#admit(request, keepOtherHalf(request, current, next), current);
    if (isDryRun(request)) return admitted;
    return this.#inWords(resource, current.metadata.name, () => {
      const updated = this.#store.update(storageKey(resource), admitted);
      return removeIfFinished(this.#store, storageKey(resource), updated);
    });
  }

  #admit(request: ResourceRequest, object: NamedObject, oldObject: StoredObject | undefined): StoredObject {
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

/** A change through `status` keeps everything but the status; any other change keeps the status. */
function keepOtherHalf(
  { resource, subresource }: ResourceRequest,
  current: StoredObject,
  next: NamedObject,
): NamedObject {
  if (!resource.subresources.includes('status')) return next;
  if (subresource === 'status') {
    const { resourceVersion } = next.metadata;
    // A missing version stays missing, and the check of types then refuses the change.
    return { ...current, metadata: Object.assign({}, current.metadata, { resourceVersion }), status: next['status'] };
  }
  const { status: _, ...withoutStatus } = next;
  return current['status'] === undefined ? withoutStatus : { ...withoutStatus, status: current['status'] };
}
