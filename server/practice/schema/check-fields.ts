import { isJsonObject } from '#lib/json.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { type Field, findMessage, jsonFields, type Message, messageName, specialFormOf } from './schema.ts';

/** An object whose fields all belong to its kind and have the right types. */
export interface CheckedObject {
  object: StoredObject;
  /** Paths of the fields that were left out, such as `spec.containers[0].imagee`. */
  unknown: string[];
}

/** A value has the wrong type. The message is that of Go's JSON decoder, which the API server passes on. */
export class FieldTypeError extends Error {}

/** The place of a value: its path in the object, and the Go struct with the field. */
interface Place {
  structName: string;
  path: string;
}

/** The border at which JSON becomes an object of its kind. Callers have made sure that it has a name. */
export function checkFields(apiVersion: string, kind: string, object: object): CheckedObject {
  const { apiVersion: _, kind: __, ...rest }: { apiVersion?: unknown; kind?: unknown } = object;
  const checker = new FieldChecker();
  const checked = checker.checkType(messageName(apiVersion, kind), rest, '');
  return { object: { apiVersion, kind, ...checked } as StoredObject, unknown: checker.unknown };
}

class FieldChecker {
  readonly unknown: string[] = [];

  /** Checks a value against a message's type. Values of unknown types stay as they are. */
  checkType<T>(name: string, value: T, path: string): T | Record<string, unknown> {
    const message = findMessage(name);
    if (message === undefined) return value;
    const structName = name.split('.').at(-1) ?? '';
    if (!isJsonObject(value)) throw mismatch(value, { structName, path }, `v1.${structName}`);
    return this.#checkMessage(message, value, { structName, path });
  }

  #checkMessage(message: Message, value: object, { structName, path }: Place): Record<string, unknown> {
    const fields = jsonFields(message);
    const result: Record<string, unknown> = {};
    for (const [key, one] of Object.entries(value)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const at = path === '' ? key : `${path}.${key}`;
      if (field === undefined) this.unknown.push(at);
      // null is no value, so Go leaves the field as it is. Only missing times are written as null.
      else if (one === null && specialFormOf(field.type) === 'time') result[key] = null;
      else if (one !== null) result[key] = this.#checkField(field, one, { structName, path: at });
    }
    return result;
  }

  #checkField(field: Field, value: unknown, place: Place): unknown {
    const { structName, path } = place;
    if (field.list) {
      if (!Array.isArray(value)) throw mismatch(value, place, `[]${goType(field.type)}`);
      return value
        .filter((one) => one !== null)
        .map((one, index) => this.#checkValue(field.type, one, { structName, path: `${path}[${index}]` }));
    }
    if (!field.map) return this.#checkValue(field.type, value, place);
    if (!isJsonObject(value)) throw mismatch(value, place, `map[string]${goType(field.type)}`);
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        this.#checkValue(field.type, one, { structName, path: `${path}.${key}` }),
      ]),
    );
  }

  #checkValue(type: string, value: unknown, place: Place): unknown {
    const form = specialFormOf(type);
    if (form === undefined && type.includes('.')) return this.checkType(type, value, place.path);
    if (!hasType(form ?? type, value)) throw mismatch(value, place, goType(type));
    return value;
  }
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

function mismatch(value: unknown, { structName, path }: Place, type: string): FieldTypeError {
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
