import { type Field, findMessage, jsonFields, messageName, specialFormOf } from './schema.ts';

type JsonObject = Record<string, unknown>;

/** An object whose fields have the types that its kind says, without those that the kind does not have. */
export interface CheckedObject {
  object: JsonObject;
  /** `spec.containers[0].imagee`: what was left out. */
  unknown: string[];
}

/** A value of the wrong type, in the words of Go's JSON decoder, which the API server passes on. */
export class FieldTypeError extends Error {}

export function checkFields(apiVersion: string, kind: string, object: JsonObject): CheckedObject {
  const unknown: string[] = [];
  const { apiVersion: _, kind: __, ...rest } = object;
  const checked = checkMessage(messageName(apiVersion, kind), rest, '', unknown) as JsonObject;
  return { object: { apiVersion, kind, ...checked }, unknown };
}

function checkMessage(name: string, value: unknown, path: string, unknown: string[]): unknown {
  const message = findMessage(name);
  if (message === undefined) return value;
  const structName = name.split('.').at(-1) ?? '';
  if (!isObject(value)) throw mismatch(value, structName, path, `v1.${structName}`);
  const fields = jsonFields(message);
  const result: JsonObject = {};
  for (const [key, one] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const at = path === '' ? key : `${path}.${key}`;
    if (field === undefined) unknown.push(at);
    // null is no value: Go leaves the field as it is. Times are written as null where they have none.
    else if (one === null && specialFormOf(field.type) === 'time') result[key] = null;
    else if (one !== null) result[key] = checkField(structName, field, one, at, unknown);
  }
  return result;
}

function checkField(structName: string, field: Field, value: unknown, path: string, unknown: string[]): unknown {
  if (field.list) {
    if (!Array.isArray(value)) throw mismatch(value, structName, path, `[]${goType(field.type)}`);
    return value
      .filter((one) => one !== null)
      .map((one, index) => checkValue(structName, field.type, one, `${path}[${index}]`, unknown));
  }
  if (!field.map) return checkValue(structName, field.type, value, path, unknown);
  if (!isObject(value)) throw mismatch(value, structName, path, `map[string]${goType(field.type)}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      checkValue(structName, field.type, one, `${path}.${key}`, unknown),
    ]),
  );
}

function checkValue(structName: string, type: string, value: unknown, path: string, unknown: string[]): unknown {
  const form = specialFormOf(type);
  if (form === undefined && type.includes('.')) return checkMessage(type, value, path, unknown);
  if (!hasType(form ?? type, value)) throw mismatch(value, structName, path, goType(type));
  return value;
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'string':
    case 'bytes':
      return typeof value === 'string';
    case 'time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'bool':
      return typeof value === 'boolean';
    case 'int32':
    case 'int64':
      return Number.isInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'quantity':
      return (
        typeof value === 'number' || (typeof value === 'string' && /^[+-]?[\d.]+([eE][+-]?\d+|[a-zA-Z]*)$/.test(value))
      );
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value);
    case 'list-of-strings':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    default:
      return true;
  }
}

function mismatch(value: unknown, structName: string, path: string, type: string): FieldTypeError {
  const field = path.replace(/\[\d+\]/g, '');
  return new FieldTypeError(
    `json: cannot unmarshal ${jsonType(value)} into Go struct field ${structName}.${field} of type ${type}`,
  );
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' && !Number.isInteger(value)) return `number ${value}`;
  return typeof value;
}

function goType(type: string): string {
  const scalars: Record<string, string> = { double: 'float64', bytes: '[]uint8' };
  return type.includes('.') ? `v1.${type.split('.').at(-1)}` : (scalars[type] ?? type);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
