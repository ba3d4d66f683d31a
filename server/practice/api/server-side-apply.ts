import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts';
import { mergeKeyOf } from '#lib/strategic-merge.ts';
import { toTimestamp } from '../store/object-store.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { mergeStrategically } from './patch.ts';
import { StatusError } from './status.ts';

/** metav1 FieldsV1: `f:name` for a field, `k:{"name":"x"}` for an element of a list, {} for a value that is owned. */
type Fields = { [key: string]: Fields };

interface ManagedFields {
  manager: string;
  operation: string;
  apiVersion?: string;
  fieldsV1?: Fields;
}

interface ApplyOptions {
  manager: string;
  isForced: boolean;
}

/** Merges what a manager says into an object, and drops what it said before and says no longer. */
export function applyServerSide(current: StoredObject, applied: NewObject, options: ApplyOptions): StoredObject {
  const { manager, isForced } = options;
  const wanted = toFields(ownPart(applied));
  const managed = managedFieldsOf(current);
  if (!isForced)
    requireNoConflict(
      current,
      applied,
      managed.filter((one) => one.manager !== manager && one.operation === 'Apply'),
      wanted,
    );
  const before = managed.find((one) => one.manager === manager && one.operation === 'Apply')?.fieldsV1 ?? {};
  const othersKeep = managed.filter((one) => one.manager !== manager).map((one) => one.fieldsV1 ?? {});
  const kept = dropFields(current as unknown as JsonObject, before, wanted, othersKeep);
  const merged = mergeStrategically(kept, ownPart(applied)) as unknown as StoredObject;
  return withManager(merged, manager, applied, managed) as StoredObject;
}

/** The object with an entry that says which fields the manager applied. */
export function withManager<T extends NewObject>(
  object: T,
  manager: string,
  applied: NewObject,
  managed: ManagedFields[] = [],
): T {
  const entry = {
    manager,
    operation: 'Apply',
    apiVersion: applied.apiVersion ?? 'v1',
    time: toTimestamp(new Date()),
    fieldsType: 'FieldsV1',
    fieldsV1: toFields(ownPart(applied)),
  };
  const others = managed.filter((one) => one.manager !== manager || one.operation !== 'Apply');
  return { ...object, metadata: { ...object.metadata, managedFields: [entry, ...others] } };
}

function managedFieldsOf({ metadata }: StoredObject): ManagedFields[] {
  const fields = metadata['managedFields'];
  return Array.isArray(fields) ? (fields as ManagedFields[]) : [];
}

/** What a manager can own: everything but what names the object. */
function ownPart({ apiVersion: _, kind: __, status: ___, metadata, ...rest }: NewObject): JsonObject {
  const { labels, annotations, ownerReferences, finalizers } = metadata ?? {};
  const own = Object.fromEntries(
    Object.entries({ labels, annotations, ownerReferences, finalizers }).filter(([, value]) => value !== undefined),
  );
  return { ...rest, ...(Object.keys(own).length > 0 ? { metadata: own } : {}) } as unknown as JsonObject;
}

function toFields(value: Json, name = ''): Fields {
  if (Array.isArray(value)) {
    const key = mergeKeyOf(name, value);
    if (key === undefined) return {};
    return Object.fromEntries(
      value
        .filter(isJsonObject)
        .map((element) => [`k:${JSON.stringify({ [key]: element[key] ?? null })}`, toFields(element)]),
    );
  }
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [`f:${key}`, toFields(one, key)]));
}

/** Without the fields that were in `before`, are not in `now`, and that nobody else owns. */
function dropFields(object: JsonObject, before: Fields, now: Fields, others: Fields[]): JsonObject {
  const result: JsonObject = { ...object };
  for (const [key, inner] of Object.entries(before)) {
    const name = key.replace(/^f:/, '');
    const value = result[name];
    if (value === undefined) continue;
    const ofOthers = others.flatMap((one) => one[key] ?? []);
    if (!(key in now) && ofOthers.length === 0) delete result[name];
    else if (Array.isArray(value)) result[name] = dropElements(value, inner, now[key] ?? {}, ofOthers);
    else if (isJsonObject(value)) result[name] = dropFields(value, inner, now[key] ?? {}, ofOthers);
  }
  return result;
}

function dropElements(list: Json[], before: Fields, now: Fields, others: Fields[]): Json[] {
  return list.flatMap((element) => {
    const key = Object.keys(before).find(
      (one) => one.startsWith('k:') && isJsonObject(element) && hasKey(element, one),
    );
    if (key === undefined || !isJsonObject(element)) return [element];
    const ofOthers = others.flatMap((one) => one[key] ?? []);
    if (!(key in now) && ofOthers.length === 0) return [];
    return [dropFields(element, before[key] ?? {}, now[key] ?? {}, ofOthers)];
  });
}

function hasKey(element: JsonObject, key: string): boolean {
  const wanted = JSON.parse(key.slice(2)) as JsonObject;
  return Object.entries(wanted).every(([name, value]) => element[name] === value);
}

/** Another manager's field may not get another value unless the client forces it. */
function requireNoConflict(current: StoredObject, applied: NewObject, others: ManagedFields[], wanted: Fields): void {
  const conflicts = others.flatMap(({ manager, fieldsV1 = {} }) =>
    conflictingPaths(current as unknown as JsonObject, ownPart(applied), fieldsV1, wanted, '').map((path) => ({
      manager,
      path,
    })),
  );
  if (conflicts.length === 0) return;
  const lines = conflicts.map(({ manager, path }) => `conflict with "${manager}": ${path}`);
  throw new StatusError(
    'Conflict',
    `Apply failed with ${conflicts.length} conflict${conflicts.length === 1 ? '' : 's'}: ${lines.join('\n')}`,
    {
      causes: conflicts.map(({ manager, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${manager}"`,
        field: path,
      })),
    },
  );
}

function conflictingPaths(current: Json, applied: Json, theirs: Fields, ours: Fields, path: string): string[] {
  return Object.keys(theirs).flatMap((key) => {
    const [mine, own] = [ours[key], theirs[key]];
    if (mine === undefined || own === undefined) return [];
    const [was, is, at] = key.startsWith('k:')
      ? [findElement(current, key), findElement(applied, key), `${path}[${key.slice(3, -1).replace(':', '=')}]`]
      : [fieldOf(current, key), fieldOf(applied, key), `${path}.${key.slice(2)}`];
    if (Object.keys(own).length > 0) return conflictingPaths(was, is, own, mine, at);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [at];
  });
}

function fieldOf(value: Json, key: string): Json {
  return (isJsonObject(value) ? value[key.slice(2)] : undefined) ?? null;
}

function findElement(value: Json, key: string): Json {
  if (!Array.isArray(value)) return null;
  return value.find((element) => isJsonObject(element) && hasKey(element, key)) ?? null;
}
