import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts';
import { mergeKeyOf } from '#lib/strategic-merge.ts';
import { toTimestamp } from '../store/object-store.ts';
import type { NewObject, StoredObject } from '../store/stored-object.ts';
import { fromJson, toJson } from './object-json.ts';
import { mergeStrategically } from './patch.ts';
import { StatusError } from './status.ts';

/** metav1 FieldsV1: `f:name` for a field, `k:{"name":"x"}` for an element of a list, {} for an owned value. */
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

/** Merges the applied fields into an object, and drops the fields that this manager applied before and omits now. */
export function applyServerSide(current: StoredObject, applied: NewObject, options: ApplyOptions): StoredObject {
  const { manager, isForced } = options;
  const now = toFields(ownPart(applied));
  const managed = managedFieldsOf(current);
  const appliedByOthers = managed.filter((one) => one.manager !== manager && one.operation === 'Apply');
  if (!isForced) requireNoConflict({ was: toJson(current), is: ownPart(applied), ours: now }, appliedByOthers);
  const before = managed.find((one) => one.manager === manager && one.operation === 'Apply')?.fieldsV1 ?? {};
  const others = managed.filter((one) => one.manager !== manager).map((one) => one.fieldsV1 ?? {});
  const kept = dropFields(toJson(current), { before, now, others });
  const merged = mergeStrategically(kept, ownPart(applied));
  return withManager(fromJson(merged), { manager, applied, managed });
}

export interface Application {
  manager: string;
  applied: NewObject;
  /** The object's entries before this application. */
  managed?: ManagedFields[];
}

/** Adds an entry with the fields that the manager applied. */
export function withManager<T extends NewObject>(object: T, { manager, applied, managed = [] }: Application): T {
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
  return Array.isArray(fields) ? fields : [];
}

/** The part of an object that a manager can own: everything but its identity and status. */
function ownPart({ apiVersion: _, kind: __, status: ___, metadata, ...rest }: NewObject): JsonObject {
  const { labels, annotations, ownerReferences, finalizers } = metadata ?? {};
  const own = Object.fromEntries(
    Object.entries({ labels, annotations, ownerReferences, finalizers }).filter(([, value]) => value !== undefined),
  );
  return toJson({ ...rest, ...(Object.keys(own).length > 0 ? { metadata: own } : {}) });
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

/** The fields at one place: this manager's earlier and present ones, and those of all other managers. */
interface Ownership {
  before: Fields;
  now: Fields;
  others: Fields[];
}

/** Drops the fields that are in `before`, not in `now`, and owned by no other manager. */
function dropFields(object: JsonObject, ownership: Ownership): JsonObject {
  const result: JsonObject = { ...object };
  for (const key of Object.keys(ownership.before)) {
    const name = key.replace(/^f:/, '');
    const value = result[name];
    if (value === undefined) continue;
    const inner = below(ownership, key);
    if (isGivenUp(ownership, key)) delete result[name];
    else if (Array.isArray(value)) result[name] = dropElements(value, inner);
    else if (isJsonObject(value)) result[name] = dropFields(value, inner);
  }
  return result;
}

function dropElements(list: Json[], ownership: Ownership): Json[] {
  return list.flatMap((element) => {
    const key = Object.keys(ownership.before).find(
      (one) => one.startsWith('k:') && isJsonObject(element) && hasKey(element, one),
    );
    if (key === undefined || !isJsonObject(element)) return [element];
    return isGivenUp(ownership, key) ? [] : [dropFields(element, below(ownership, key))];
  });
}

/** The ownership one level further down. */
function below({ before, now, others }: Ownership, key: string): Ownership {
  return { before: before[key] ?? {}, now: now[key] ?? {}, others: others.flatMap((one) => one[key] ?? []) };
}

function isGivenUp({ now, others }: Ownership, key: string): boolean {
  return !(key in now) && others.every((one) => !one[key]);
}

function hasKey(element: JsonObject, key: string): boolean {
  const wanted: JsonObject = JSON.parse(key.slice(2));
  return Object.entries(wanted).every(([name, value]) => element[name] === value);
}

/** A value before and after an application, with the fields that are applied to it. */
interface AppliedChange {
  was: Json;
  is: Json;
  ours: Fields;
}

/** Throws 409 if a value of another manager would change. Only a forced application may do that. */
function requireNoConflict(change: AppliedChange, others: ManagedFields[]): void {
  const conflicts = others.flatMap(({ manager, fieldsV1 = {} }) =>
    conflictingPaths(change, fieldsV1, '').map((path) => ({ manager, path })),
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

function conflictingPaths({ was, is, ours }: AppliedChange, theirs: Fields, path: string): string[] {
  return Object.entries(theirs).flatMap(([key, own]) => {
    const mine = ours[key];
    if (mine === undefined) return [];
    const isElement = key.startsWith('k:');
    const find = isElement ? findElement : fieldOf;
    const at = isElement ? `${path}[${key.slice(3, -1).replace(':', '=')}]` : `${path}.${key.slice(2)}`;
    const inner = { was: find(was, key), is: find(is, key), ours: mine };
    if (Object.keys(own).length > 0) return conflictingPaths(inner, own, at);
    return JSON.stringify(inner.was) === JSON.stringify(inner.is) ? [] : [at];
  });
}

function fieldOf(value: Json, key: string): Json {
  return (isJsonObject(value) ? value[key.slice(2)] : undefined) ?? null;
}

function findElement(value: Json, key: string): Json {
  if (!Array.isArray(value)) return null;
  return value.find((element) => isJsonObject(element) && hasKey(element, key)) ?? null;
}
