import { applyPatch } from 'rfc6902';
import { isJsonObject, type JsonObject } from '#lib/json.ts';
import { applyStrategicMerge, InvalidPatchError } from '#lib/strategic-merge.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { fromJson, toJson } from './object-json.ts';
import { StatusError } from './status.ts';

/** Applies a patch of one of the types that clients send, and returns the changed object. */
export function applyTypedPatch(contentType: string, current: StoredObject, patch: unknown): StoredObject {
  switch (contentType.split(';')[0]?.trim()) {
    case 'application/strategic-merge-patch+json':
      return fromJson(mergeStrategically(toJson(current), requireObject(patch)));
    case 'application/merge-patch+json':
      return fromJson(mergePatch(toJson(current), requireObject(patch)));
    case 'application/json-patch+json':
      return applyJsonPatch(current, patch);
    default:
      throw new StatusError('UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
}

/** Merges a patch, and blames the client if that fails. */
export function mergeStrategically(current: JsonObject, patch: JsonObject): JsonObject {
  try {
    return applyStrategicMerge(current, patch);
  } catch (error) {
    throw error instanceof InvalidPatchError ? new StatusError('BadRequest', error.message) : error;
  }
}

/** RFC 7386. */
function mergePatch(current: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...current };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (isJsonObject(value)) {
      const before = result[key];
      result[key] = mergePatch(isJsonObject(before) ? before : {}, value);
    } else result[key] = value;
  }
  return result;
}

function applyJsonPatch(current: StoredObject, patch: unknown): StoredObject {
  if (!Array.isArray(patch)) throw new StatusError('BadRequest', 'a JSON patch is a list of operations');
  const copy = structuredClone(current);
  const failure = applyPatch(copy, patch).find((error) => error !== null);
  if (failure) throw new StatusError('Invalid', 'the server rejected our request due to an error in our request', {});
  return copy;
}

function requireObject(patch: unknown): JsonObject {
  if (isJsonObject(patch)) return patch;
  throw new StatusError('BadRequest', 'the patch is not an object');
}
