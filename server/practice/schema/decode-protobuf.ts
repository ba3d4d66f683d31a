import { Reader } from 'protobufjs/minimal.js';
import { isJsonObject } from '#lib/json.ts';
import { type Field, findMessage, type Message, messageName, specialFormOf } from './schema.ts';

type JsonObject = Record<string, unknown>;

/** The first bytes of a body in protobuf (k8s.io/apimachinery pkg/runtime/serializer/protobuf). */
const magic = Buffer.from('k8s\0');
/** Real objects nest at most a dozen deep, but hostile bytes may claim more. */
const maxDepth = 40;

/**
 * Decodes a body of kubectl's typed clients: the magic, then an Unknown with the kind and its bytes. Throws if it is
 * malformed or its kind is unknown here.
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, magic.length).equals(magic)) throw new Error('the body does not begin as Kubernetes’ protobuf');
  const envelope = decodeMessage('k8s.io.apimachinery.pkg.runtime.Unknown', body.subarray(magic.length), 0);
  const typeMeta = envelope['typeMeta'];
  const { apiVersion = '', kind = '' } = isJsonObject(typeMeta) ? typeMeta : {};
  const raw = Buffer.from(String(envelope['raw'] ?? ''), 'base64');
  return { apiVersion, kind, ...decodeMessage(messageName(String(apiVersion), String(kind)), raw, 0) };
}

function decodeMessage(name: string, bytes: Uint8Array, depth: number): JsonObject {
  const message = findMessage(name);
  if (message === undefined) throw new Error(`no such message: ${name}`);
  if (depth > maxDepth) throw new Error('the message nests too deep');
  const decoder = new MessageDecoder(bytes, depth);
  return withDefaults(message, decoder.decode(message));
}

/** Reads the fields of one message. `depth` counts the messages around it. */
class MessageDecoder {
  readonly #reader: Reader;
  readonly #depth: number;
  readonly #result: JsonObject = {};

  constructor(bytes: Uint8Array, depth: number) {
    this.#reader = new Reader(bytes);
    this.#depth = depth;
  }

  decode(message: Message): JsonObject {
    const byId = new Map(Object.entries(message.fields).map(([key, field]) => [field.id, { key, field }]));
    while (this.#reader.pos < this.#reader.len) {
      const tag = this.#reader.uint32();
      const found = byId.get(tag >>> 3);
      if (found === undefined) this.#reader.skipType(tag & 7);
      else this.#readField(found.key, found.field, tag & 7);
    }
    return this.#result;
  }

  #readField(key: string, field: Field, wireType: number): void {
    if (field.map) this.#readMapEntry(key, field);
    else if (field.list) this.#readElements(key, field, wireType);
    else if (field.inline) Object.assign(this.#result, readValue(this.#reader, field, this.#depth));
    else this.#result[key] = readValue(this.#reader, field, this.#depth);
  }

  #readMapEntry(key: string, field: Field): void {
    const [name, value] = readMapEntry(this.#reader.bytes(), field, this.#depth);
    const known = this.#result[key];
    const map = isJsonObject(known) ? known : {};
    this.#result[key] = map;
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  }

  #readElements(key: string, field: Field, wireType: number): void {
    const known = this.#result[key];
    const list: unknown[] = Array.isArray(known) ? known : [];
    this.#result[key] = list;
    // Numbers may come packed: several of them in one field.
    if (wireType === 2 && isNumeric(field.type)) {
      const packed = new Reader(this.#reader.bytes());
      while (packed.pos < packed.len) list.push(readScalar(packed, field.type));
    } else list.push(readValue(this.#reader, field, this.#depth));
  }
}

function readMapEntry(bytes: Uint8Array, field: Field, depth: number): [string, unknown] {
  const reader = new Reader(bytes);
  let key = '';
  let value: unknown = '';
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) key = reader.string();
    else if (tag >>> 3 === 2) value = readValue(reader, field, depth);
    else reader.skipType(tag & 7);
  }
  return [key, value];
}

function readValue(reader: Reader, { type }: Field, depth: number): unknown {
  if (!type.includes('.')) return readScalar(reader, type);
  const bytes = reader.bytes();
  const form = specialFormOf(type);
  const decoded = decodeMessage(type, bytes, depth + 1);
  switch (form) {
    case 'time': {
      const ms = Number(decoded['seconds'] ?? 0) * 1_000;
      return bytes.length === 0 ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
    }
    case 'quantity':
      return String(decoded['string'] ?? '0');
    case 'int-or-string':
      return Number(decoded['type'] ?? 0) === 1 ? String(decoded['strVal'] ?? '') : Number(decoded['intVal'] ?? 0);
    case 'raw':
      return JSON.parse(Buffer.from(String(decoded['raw'] ?? decoded['Raw'] ?? ''), 'base64').toString() || 'null');
    case 'list-of-strings':
      return decoded['items'] ?? [];
    default:
      return decoded;
  }
}

function isNumeric(type: string): boolean {
  return /^(u?int|s?fixed|sint)(32|64)$|^(double|float|bool)$/.test(type);
}

function readScalar(reader: Reader, type: string): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'bool':
      return reader.bool();
    case 'int32':
      return reader.int32();
    case 'int64':
      return Number(reader.int64());
    case 'double':
      return reader.double();
    default:
      throw new Error(`no such scalar: ${type}`);
  }
}

/** Removes the empty strings, zeros and empty objects that Go's encoder writes and JSON omits (omitempty). */
function withDefaults(message: Message, decoded: JsonObject): JsonObject {
  for (const [key, value] of Object.entries(decoded)) {
    const field = message.fields[key];
    if (field === undefined || field.list || field.map) continue;
    const isEmptyObject = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    if (value === '' || value === null || (isEmptyObject && ['metadata', 'status', 'spec', 'resources'].includes(key)))
      delete decoded[key];
  }
  return decoded;
}
