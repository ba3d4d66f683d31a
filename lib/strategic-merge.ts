import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { mergedValues, mergeKeys } from './merge-keys.ts';

/** A patch that can't be applied, in the API server's words. */
export class InvalidPatchError extends Error {}

/**
 * Applies a strategic merge patch (k8s.io/apimachinery pkg/util/strategicpatch): objects merge, null removes, lists
 * with a key merge by it, and the directives $patch, $deleteFromPrimitiveList, $setElementOrder and $retainKeys hold.
 * Throws an InvalidPatchError.
 */
export function applyStrategicMerge(current: JsonObject, patch: JsonObject): JsonObject {
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  if (patch['$patch'] === 'delete') return {};
  const result: JsonObject = { ...current };
  const retained = patch['$retainKeys'];
  if (Array.isArray(retained)) for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/'))
      removeValues(result, key.slice('$deleteFromPrimitiveList/'.length), value);
    else if (key.startsWith('$')) continue;
    else if (value === null) delete result[key];
    else result[key] = mergeField(key, result[key], value);
  }
  for (const [key, order] of Object.entries(patch)) {
    if (key.startsWith('$setElementOrder/')) reorder(result, key.slice('$setElementOrder/'.length), order);
  }
  return result;
}

function mergeField(key: string, current: Json | undefined, value: Json): Json {
  if (isJsonObject(value)) return applyStrategicMerge(isJsonObject(current) ? current : {}, value);
  if (!Array.isArray(value)) return value;
  // What there is nothing to merge with is taken as it is; what is wrong with it is found later.
  if (!Array.isArray(current)) return value.map((one) => (isJsonObject(one) ? applyStrategicMerge({}, one) : one));
  if (mergedValues.has(key)) return [...new Set([...current, ...value])];
  const mergeKey = mergeKeyOf(key, [...value, ...current]);
  return mergeKey === undefined ? value : mergeList(mergeKey, current, value);
}

export function mergeKeyOf(field: string, elements: Json[]): string | undefined {
  const keys = Object.hasOwn(mergeKeys, field) ? mergeKeys[field] : undefined;
  if (keys === undefined || keys.length === 1) return keys?.[0];
  // Containers' ports are merged by containerPort, a Service's by port.
  return keys.find((key) => elements.some((element) => isJsonObject(element) && key in element));
}

function mergeList(mergeKey: string, current: Json[], patch: Json[]): Json[] {
  if (patch.some((element) => isJsonObject(element) && element['$patch'] === 'replace')) {
    return patch.filter((element) => !isJsonObject(element) || !('$patch' in element));
  }
  let result = [...current];
  const added: Json[] = [];
  for (const element of patch) {
    if (!isJsonObject(element))
      throw new InvalidPatchError(`invalid patch: an element of a list with merge key ${mergeKey} is not an object`);
    const key = element[mergeKey];
    if (key === undefined)
      throw new InvalidPatchError(`map: ${JSON.stringify(element)} does not contain declared merge key: ${mergeKey}`);
    const isSame = (other: Json) => isJsonObject(other) && other[mergeKey] === key;
    if (element['$patch'] === 'delete') result = result.filter((other) => !isSame(other));
    else if (result.some(isSame))
      result = result.map((other) =>
        isSame(other) && isJsonObject(other) ? applyStrategicMerge(other, element) : other,
      );
    else added.push(applyStrategicMerge({}, element));
  }
  // New elements come first, as the API server puts them.
  return [...added, ...result];
}

function removeValues(result: JsonObject, field: string, values: Json): void {
  const current = result[field];
  if (Array.isArray(current) && Array.isArray(values)) result[field] = current.filter((one) => !values.includes(one));
}

/** Elements that are named come in the named order, the others after them. */
function reorder(result: JsonObject, field: string, order: Json): void {
  const current = result[field];
  if (!Array.isArray(current) || !Array.isArray(order)) return;
  const mergeKey = mergeKeyOf(field, current);
  const placeOf = (element: Json): number => {
    const index = order.findIndex((wanted) =>
      isJsonObject(wanted) && isJsonObject(element) && mergeKey !== undefined
        ? wanted[mergeKey] === element[mergeKey]
        : wanted === element,
    );
    return index === -1 ? order.length : index;
  };
  result[field] = current.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));
}
