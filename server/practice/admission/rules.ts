import type { Resource } from '../api/resources.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { NamedObject, StoredObject } from '../store/stored-object.ts';

/** A change that a client asks for. `oldObject` is undefined for a new object. */
export interface AdmissionRequest {
  resource: Resource;
  subresource: string | undefined;
  object: NamedObject;
  oldObject: StoredObject | undefined;
}

/** A change of an existing object. */
export interface ObjectUpdate<New extends StoredObject, Stored extends StoredObject> {
  subresource: string | undefined;
  object: New;
  oldObject: Stored;
}

/**
 * The defaults, checks and admission for objects of one kind. schema/check-fields.ts has already checked the types of
 * all fields, so rules may use the types of their kind.
 * `New` is the object as a client may write it, `Stored` the object with its defaults.
 */
export interface Rules<New extends StoredObject = StoredObject, Stored extends StoredObject = New> {
  /** Returns the object to store. Throws a StatusError to refuse it. */
  onCreate(object: New, store: ObjectStore): StoredObject;
  onUpdate(update: ObjectUpdate<New, Stored>, store: ObjectStore): StoredObject;
}
