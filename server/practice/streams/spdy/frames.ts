/** SPDY/3.1's frames, as far as Kubernetes' streaming uses them (moby/spdystream). */
export type Frame =
  | { kind: 'syn-stream'; streamId: number; isLast: boolean; block: Buffer }
  | { kind: 'syn-reply'; streamId: number; isLast: boolean; block: Buffer }
  | { kind: 'headers'; streamId: number; isLast: boolean; block: Buffer }
  | { kind: 'rst-stream'; streamId: number }
  | { kind: 'ping'; id: number }
  | { kind: 'go-away' }
  | { kind: 'data'; streamId: number; isLast: boolean; data: Buffer }
  /** Settings and windows, which need no action. */
  | { kind: 'other' };

const headBytes = 8;
const version = 3;
const lastFlag = 1;
const types = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7, headers: 8 } as const;
/** Known clients send at most 32 KiB; the field could say 16 MiB. */
const maxFrameBytes = 1024 * 1024;

/** Parses bytes as they arrive, and returns the complete frames. Throws if they are not SPDY/3. */
export class FrameParser {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Frame[] {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (bytes.length >= headBytes) {
      const length = bytes.readUIntBE(5, 3);
      if (length > maxFrameBytes) throw new Error(`a SPDY frame of ${length} bytes`);
      if (bytes.length < headBytes + length) break;
      frames.push(parseFrame(bytes.subarray(0, headBytes), bytes.subarray(headBytes, headBytes + length)));
      bytes = bytes.subarray(headBytes + length);
    }
    this.#rest = Buffer.from(bytes);
    return frames;
  }
}

function parseFrame(head: Buffer, body: Buffer): Frame {
  const first = head.readUInt32BE(0);
  const isLast = ((head[4] ?? 0) & lastFlag) !== 0;
  if (first >>> 31 === 0) return { kind: 'data', streamId: first, isLast, data: body };
  if (((first >>> 16) & 0x7fff) !== version) throw new Error('the frame is not of SPDY/3');
  switch (first & 0xffff) {
    case types.synStream:
      return { kind: 'syn-stream', streamId: idIn(body), isLast, block: body.subarray(10) };
    case types.synReply:
      return { kind: 'syn-reply', streamId: idIn(body), isLast, block: body.subarray(4) };
    case types.headers:
      return { kind: 'headers', streamId: idIn(body), isLast, block: body.subarray(4) };
    case types.rstStream:
      return { kind: 'rst-stream', streamId: idIn(body) };
    case types.ping:
      return { kind: 'ping', id: idIn(body, 0xffffffff) };
    case types.goAway:
      return { kind: 'go-away' };
    default:
      return { kind: 'other' };
  }
}

function idIn(body: Buffer, mask = 0x7fffffff): number {
  if (body.length < 4) throw new Error('a SPDY frame without a stream');
  return (body.readUInt32BE(0) & mask) >>> 0;
}

export function synReply(streamId: number, block: Buffer): Buffer {
  return control(types.synReply, Buffer.concat([number32(streamId), block]));
}

export function rstStream(streamId: number): Buffer {
  const cancel = 5;
  return control(types.rstStream, Buffer.concat([number32(streamId), number32(cancel)]));
}

export function ping(id: number): Buffer {
  return control(types.ping, number32(id));
}

export function data(streamId: number, bytes: Buffer, isLast: boolean): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(streamId, 0);
  head[4] = isLast ? lastFlag : 0;
  head.writeUIntBE(bytes.length, 5, 3);
  return Buffer.concat([head, bytes]);
}

function control(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(((0x8000 | version) << 16) >>> 0, 0);
  head.writeUInt16BE(type, 2);
  head.writeUIntBE(body.length, 5, 3);
  return Buffer.concat([head, body]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0, 0);
  return bytes;
}
