import { randomUUID } from 'node:crypto';
import { isJsonObject } from '#lib/json.ts';
import type { ObjectOf } from './stored-kinds.ts';
import type { NamedObject, StoredObject } from './stored-object.ts';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change<T extends StoredObject = StoredObject> {
  type: ChangeType;
  /** The object after the change. For DELETED its last state, with the version of the deletion. */
  object: T;
  /** The object before the change. A watch with a selector must report an object that leaves its selection. */
  before: T | undefined;
  version: number;
}

export interface ObjectAddress<Key extends string = string> {
  /** Plural and group, unique in the cluster: `pods`, `deployments.apps`. */
  resource: Key;
  namespace: string | undefined;
  name: string;
}

export class AlreadyExistsError extends Error {}
export class NotFoundError extends Error {}
/** The object has changed since the version that the client had. */
export class ConflictError extends Error {}
/** The version is older than what the store still remembers. */
export class ExpiredError extends Error {}

/**
 * The number of changes that a watcher may be behind before it must list again. etcd keeps five minutes; a busy
 * practice cluster makes a few changes a second.
 */
const rememberedChanges = 2_000;

/**
 * All objects of the cluster in memory, with the semantics that clients of an API server rely on. There is one rising
 * version for all objects, optimistic concurrency, and watches from any remembered version.
 * Objects are never changed in place, so a reference to one is a snapshot.
 */
export class ObjectStore {
  readonly #objects = new Map<string, Map<string, StoredObject>>();
  readonly #changes = new Map<string, Change[]>();
  readonly #watchers = new Map<string, Set<(change: Change) => void>>();
  /** For each resource, the version before the oldest remembered change. */
  readonly #forgotten = new Map<string, number>();
  #version = 1;

  /** The version of the last change. */
  get version(): number {
    return this.#version;
  }

  get<Key extends string>(address: ObjectAddress<Key>): ObjectOf<Key> | undefined {
    const found = this.#find(address);
    return found && shapedAs<Key>(found);
  }

  /** Lists objects by namespace and name, as etcd does, so pages keep their order. */
  list<Key extends string>(resource: Key, namespace?: string): ObjectOf<Key>[] {
    return [...(this.#objects.get(resource) ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter(([, object]) => namespace === undefined || object.metadata.namespace === namespace)
      .map(([, object]) => shapedAs<Key>(object));
  }

  create<Key extends string>(resource: Key, object: NamedObject): ObjectOf<Key> {
    const created = this.preview(resource, object);
    created.metadata.resourceVersion = String(++this.#version);
    this.#put(resource, created);
    this.#tell(resource, { type: 'ADDED', object: created, before: undefined, version: this.#version });
    return shapedAs<Key>(created);
  }

  /** Returns the object that `create` would make, without storing it. */
  preview(resource: string, object: NamedObject): StoredObject {
    const { name, namespace } = object.metadata;
    if (this.#find({ resource, namespace, name }) !== undefined)
      throw new AlreadyExistsError(`${resource} "${name}" already exists`);
    return {
      ...object,
      metadata: {
        ...object.metadata,
        name,
        uid: randomUUID(),
        resourceVersion: '',
        creationTimestamp: toTimestamp(new Date()),
      },
    };
  }

  /**
   * Replaces an object. A resourceVersion in it must be the current one. The store's own fields (uid, creation time)
   * are kept. An update without a difference makes no version.
   */
  update<Key extends string>(resource: Key, object: StoredObject): ObjectOf<Key> {
    const { name, namespace, resourceVersion } = object.metadata;
    const current = this.#find({ resource, namespace, name });
    if (current === undefined) throw new NotFoundError(`${resource} "${name}" not found`);
    if (
      resourceVersion !== undefined &&
      resourceVersion !== '' &&
      resourceVersion !== current.metadata.resourceVersion
    ) {
      throw new ConflictError(
        `the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
    const { uid, creationTimestamp } = current.metadata;
    const next: StoredObject = {
      ...object,
      metadata: { ...object.metadata, uid, creationTimestamp, resourceVersion: current.metadata.resourceVersion },
    };
    if (isEqual(next, current)) return shapedAs<Key>(current);
    next.metadata.resourceVersion = String(++this.#version);
    this.#put(resource, next);
    this.#tell(resource, { type: 'MODIFIED', object: next, before: current, version: this.#version });
    return shapedAs<Key>(next);
  }

  /** Removes an object at once. Callers handle graceful deletion and finalizers. */
  remove(address: ObjectAddress): StoredObject {
    const current = this.#find(address);
    if (current === undefined) throw new NotFoundError(`${address.resource} "${address.name}" not found`);
    this.#objects.get(address.resource)?.delete(keyOf(address.namespace, address.name));
    const removed: StoredObject = {
      ...current,
      metadata: { ...current.metadata, resourceVersion: String(++this.#version) },
    };
    this.#tell(address.resource, { type: 'DELETED', object: removed, before: current, version: this.#version });
    return removed;
  }

  /**
   * Calls the listener with each change of the resource after `version`, in order, until the returned function is
   * called. Throws ExpiredError if some of the changes are forgotten.
   */
  watch<Key extends string>(
    resource: Key,
    version: number,
    listener: (change: Change<ObjectOf<Key>>) => void,
  ): () => void {
    if (version < (this.#forgotten.get(resource) ?? 0)) throw new ExpiredError(`too old resource version: ${version}`);
    const hear = ({ type, object, before, version: changed }: Change) =>
      listener({ type, object: shapedAs<Key>(object), before: before && shapedAs<Key>(before), version: changed });
    for (const change of this.#changes.get(resource) ?? []) if (change.version > version) hear(change);
    const watchers = this.#watchers.get(resource) ?? new Set();
    this.#watchers.set(resource, watchers);
    watchers.add(hear);
    return () => watchers.delete(hear);
  }

  /** Forgets all changes, as etcd's compaction does. Watchers that are behind must list again. */
  compact(): void {
    for (const [resource, changes] of this.#changes) {
      this.#forgotten.set(resource, changes.at(-1)?.version ?? this.#forgotten.get(resource) ?? 0);
      changes.length = 0;
    }
  }

  #find({ resource, namespace, name }: ObjectAddress): StoredObject | undefined {
    return this.#objects.get(resource)?.get(keyOf(namespace, name));
  }

  #put(resource: string, object: StoredObject): void {
    const ofResource = this.#objects.get(resource) ?? new Map<string, StoredObject>();
    this.#objects.set(resource, ofResource);
    ofResource.set(keyOf(object.metadata.namespace, object.metadata.name), object);
  }

  #tell(resource: string, change: Change): void {
    const changes = this.#changes.get(resource) ?? [];
    this.#changes.set(resource, changes);
    changes.push(change);
    if (changes.length > rememberedChanges) {
      const dropped = changes.splice(0, changes.length - rememberedChanges);
      this.#forgotten.set(resource, dropped.at(-1)?.version ?? 0);
    }
    // A copy, because a listener may stop itself or start another.
    for (const listener of [...(this.#watchers.get(resource) ?? [])]) listener(change);
  }
}

/** Kubernetes' times have whole seconds. */
export function toTimestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The only place where stored objects get the types of their kinds, which admission has checked (stored-kinds.ts). */
function shapedAs<Key extends string>(object: StoredObject): ObjectOf<Key> {
  return object as ObjectOf<Key>;
}

/** Names have no slash, so no two addresses have the same key. */
function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => isEqual(one, b[index]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length && left.every(([key, value]) => key in b && isEqual(value, b[key]));
}
