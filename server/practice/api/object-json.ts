import { isJsonObject, type JsonObject } from '#lib/json.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';

/** An object as plain JSON. */
export function toJson(object: NewObject): JsonObject {
  if (!isJsonObject(object)) throw new TypeError('an object of Kubernetes is an object in JSON');
  return object;
}

/** Patched JSON as an object. A patch can remove any field, so the caller must check its name and kind. */
export function fromJson(json: JsonObject): StoredObject {
  return json as unknown as StoredObject;
}
