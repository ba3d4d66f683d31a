/**
 * msgpack in the browser knows ArrayBuffer alone, and in Node Buffer alone; the protocol says Uint8Array. These turn
 * the top-level fields of a message, which is where the protocol has bytes.
 */
export function toWireBytes(message: object): object {
  return mapFields(message, (value) => (value instanceof Uint8Array ? value.slice().buffer : value));
}

export function fromWireBytes(message: object): object {
  return mapFields(message, (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value));
}

function mapFields(message: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, map(value)]));
}
