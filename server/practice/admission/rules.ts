import type { ObjectStore } from '../store/object-store.ts';
import type { StoredObject } from '../store/stored-object.ts';

/** What the API server does with objects of one kind beside keeping them: defaults, checks, admission. */
export interface Rules {
  /** The object as it is to be stored. Throws a StatusError where it is refused. */
  onCreate(object: StoredObject, store: ObjectStore): StoredObject;
  onUpdate(
    next: StoredObject,
    current: StoredObject,
    store: ObjectStore,
    subresource: string | undefined,
  ): StoredObject;
}
