import { Duplex } from 'node:stream';
import { data, type Frame, FrameParser, ping, rstStream, synReply } from './frames.ts';
import { HeaderReader, HeaderWriter } from './header-block.ts';

/** The size of data frames that we send, which is the client's own. */
const maxDataBytes = 32 * 1024;

/** One stream within a connection. Each direction ends by itself. */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly #send: (frame: Buffer, done: () => void) => void;

  constructor(id: number, headers: ReadonlyMap<string, string>, send: (frame: Buffer, done: () => void) => void) {
    super({ allowHalfOpen: true });
    this.id = id;
    this.headers = headers;
    this.#send = send;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (let start = 0; start < chunk.length; start += maxDataBytes) {
      const isEnd = start + maxDataBytes >= chunk.length;
      this.#send(data(this.id, chunk.subarray(start, start + maxDataBytes), false), isEnd ? done : () => {});
    }
    if (chunk.length === 0) done();
  }

  override _final(done: () => void): void {
    this.#send(data(this.id, Buffer.alloc(0), true), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // No reset is needed if both sides have ended.
    if (!this.readableEnded || !this.writableFinished) this.#send(rstStream(this.id), () => {});
    done(error);
  }
}

/**
 * The server's side of a SPDY/3.1 connection over any byte stream: a socket, or a WebSocket that tunnels one. kubectl
 * up to 1.30 speaks it for exec, attach and port-forward. Later versions use it inside of a WebSocket, only for
 * port-forward.
 */
export class SpdyConnection {
  readonly #socket: Duplex;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #reader = new HeaderReader();
  readonly #writer = new HeaderWriter();
  readonly #onStream: (stream: SpdyStream) => void;

  constructor(socket: Duplex, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket;
    this.#onStream = onStream;
    void this.#readAll().catch(() => this.close());
    socket.on('close', () => {
      for (const stream of this.#streams.values()) stream.destroy();
    });
  }

  close(): void {
    this.#socket.end(() => this.#socket.destroy());
  }

  async #readAll(): Promise<void> {
    const parser = new FrameParser();
    for await (const chunk of this.#socket) {
      for (const frame of parser.push(chunk)) await this.#take(frame);
    }
    for (const stream of this.#streams.values()) stream.push(null);
  }

  async #take(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'syn-stream':
        return this.#open(frame.streamId, await this.#reader.read(frame.block), frame.isLast);
      case 'syn-reply':
      case 'headers':
        // The headers are not used, but they are part of the compressed stream.
        await this.#reader.read(frame.block);
        return;
      case 'data':
        return this.#data(frame.streamId, frame.data, frame.isLast);
      case 'rst-stream': {
        const stream = this.#streams.get(frame.streamId);
        this.#streams.delete(frame.streamId);
        stream?.push(null);
        stream?.destroy();
        return;
      }
      case 'ping':
        this.#send(ping(frame.id), () => {});
        return;
      case 'go-away':
      case 'other':
        return;
    }
  }

  async #open(id: number, headers: Map<string, string>, isLast: boolean): Promise<void> {
    const stream = new SpdyStream(id, headers, (frame, done) => this.#send(frame, done));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.#streams.delete(id));
    this.#streams.set(id, stream);
    this.#send(synReply(id, await this.#writer.write(new Map())), () => {});
    if (isLast) stream.push(null);
    this.#onStream(stream);
  }

  /** Stops reading while a stream holds too much, so that the connection's own buffer fills. */
  async #data(id: number, bytes: Buffer, isLast: boolean): Promise<void> {
    const stream = this.#streams.get(id);
    if (stream === undefined || stream.destroyed) return;
    if (bytes.length > 0 && !stream.push(Buffer.from(bytes)) && stream.readableLength > maxHeldBytes)
      await drained(stream);
    if (isLast) stream.push(null);
  }

  #send(frame: Buffer, done: () => void): void {
    if (this.#socket.writable) this.#socket.write(frame, done);
    else done();
  }
}

/** The bytes that one stream may hold before the whole connection waits. */
const maxHeldBytes = 1024 * 1024;

function drained(stream: SpdyStream): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (stream.readableLength <= maxHeldBytes || stream.destroyed) resolve();
      else setImmediate(look);
    };
    stream.once('close', resolve);
    look();
  });
}
