import type { Resource } from '../api/resources.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { NamedObject, StoredObject } from '../store/stored-object.ts';

/** One change that a client asks for, as admission sees it. `oldObject` is undefined for a new object. */
export interface AdmissionRequest {
  resource: Resource;
  subresource: string | undefined;
  object: NamedObject;
  oldObject: StoredObject | undefined;
}

/** A change of an object that is there. */
export interface ObjectUpdate<New extends StoredObject, Stored extends StoredObject> {
  subresource: string | undefined;
  object: New;
  oldObject: Stored;
}

/**
 * What the API server does with objects of one kind beside keeping them: defaults, checks, admission. The types of all
 * fields have been checked before (schema/check-fields.ts), so rules may take objects as the kind that they are for:
 * `New` as a client may write it, `Stored` with its defaults.
 */
export interface Rules<New extends StoredObject = StoredObject, Stored extends StoredObject = New> {
  /** The object as it is to be stored. Throws a StatusError where it is refused. */
  onCreate(object: New, store: ObjectStore): StoredObject;
  onUpdate(update: ObjectUpdate<New, Stored>, store: ObjectStore): StoredObject;
}
