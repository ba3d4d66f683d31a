import { isJsonObject, type JsonObject } from '#lib/json.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';

/** An object as the plain JSON that it came as. */
export function toJson(object: NewObject): JsonObject {
  if (!isJsonObject(object)) throw new TypeError('an object of Kubernetes is an object in JSON');
  return object;
}

/** The object that patched JSON is. A patch can take anything away, so its name and kind must be checked after this. */
export function fromJson(json: JsonObject): StoredObject {
  return json as unknown as StoredObject;
}
