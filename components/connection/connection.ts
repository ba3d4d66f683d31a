import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { AppError, fromWireError } from '#lib/protocol/errors.ts';
import type { FactName, Facts } from '#lib/protocol/facts.ts';
import { protocolVersion } from '#lib/protocol/limits.ts';
import type { Replies, Reply, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';

export type ConnectionState = 'connecting' | 'connected' | 'disconnected' | 'unauthorized';

/** The server waits 32 s for the API server. Its explanation must come before we give up. */
const answerTimeoutMs = 40_000;

type BrowserSocket = Socket<Facts, Record<string, (...args: unknown[]) => void>>;

/** The one connection of this page to the server. While it is down, requests fail at once; none is kept for later. */
export class Connection {
  readonly #socket: BrowserSocket;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  /** Rises with each new connection. Requests of the connection before must be sent again. */
  #epoch = 0;

  constructor() {
    this.#socket = io({
      parser,
      transports: ['websocket'],
      // After a short break we are back at once; while the server is away we try every 5 s.
      reconnectionDelay: 200,
      reconnectionDelayMax: 5_000,
    });
    this.#socket.on('connect', () => void this.#greet());
    this.#socket.on('disconnect', (reason) => {
      this.#setState('disconnected');
      // After this one reason socket.io does not reconnect by itself.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', () => void this.#explainRefusal());
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get epoch(): number {
    return this.#epoch;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the server once. Rejects with an AppError in words for the user. */
  async ask<N extends RequestName>(name: N, request: RequestOf<N>): Promise<Replies[N]> {
    if (!this.#socket.connected) {
      throw new AppError('disconnected', 'Ephemera’s server is not connected.', {
        next: 'Nothing was sent. Try again once it is back.',
      });
    }
    const reply = await new Promise<Reply<Replies[N]>>((resolve, reject) => {
      const lost = () =>
        reject(
          new AppError('disconnected', 'The connection broke before an answer came.', {
            next: 'Look whether it was done before you try again.',
          }),
        );
      const timer = setTimeout(
        () => reject(new AppError('timeout', 'Ephemera’s server did not answer in time.')),
        answerTimeoutMs,
      );
      this.#socket.once('disconnect', lost);
      this.#socket.emit(name, toWireBytes(request), (answer: unknown) => {
        clearTimeout(timer);
        this.#socket.off('disconnect', lost);
        resolve(answer as Reply<Replies[N]>);
      });
    });
    if (!reply.ok) throw fromWireError(reply.error);
    return reply.value;
  }

  /** Calls the listener with each fact of this name, until the returned function is called. */
  listen<F extends FactName>(name: F, listener: Facts[F]): () => void {
    // The types of socket.io can't follow a generic name. Facts ties name and listener together.
    const socket = this.#socket as unknown as Record<'on' | 'off', (name: F, listener: (fact: object) => void) => void>;
    const hear = (fact: object) => (listener as (fact: object) => void)(fromWireBytes(fact));
    socket.on(name, hear);
    return () => socket.off(name, hear);
  }

  async #greet(): Promise<void> {
    try {
      await this.ask('session:hello', { protocol: protocolVersion });
    } catch (error) {
      // This tab is from another build. After a reload its pages speak the server's protocol.
      if (error instanceof AppError && error.code === 'outdated') window.location.reload();
      return;
    }
    this.#epoch += 1;
    this.#setState('connected');
  }

  /** A browser hides why a WebSocket was refused, so a plain request finds out. */
  async #explainRefusal(): Promise<void> {
    const response = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
    this.#setState(response?.status === 401 ? 'unauthorized' : 'disconnected');
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state && state !== 'connected') return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

let connection: Connection | undefined;

export function getConnection(): Connection {
  connection ??= new Connection();
  return connection;
}

/**
 * The protocol says Uint8Array, but msgpack knows only ArrayBuffer in a browser and only Buffer in Node. These two convert
 * the top-level fields of a message, where the protocol has its bytes.
 */
function toWireBytes(message: object): object {
  return mapFields(message, (value) => (value instanceof Uint8Array ? value.slice().buffer : value));
}

function fromWireBytes(message: object): object {
  return mapFields(message, (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value));
}

function mapFields(message: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, map(value)]));
}
