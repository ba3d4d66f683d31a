import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { AppError, fromWireError } from '#lib/protocol/errors.ts';
import type { FactName, Facts } from '#lib/protocol/facts.ts';
import { protocolVersion } from '#lib/protocol/limits.ts';
import type { Replies, Reply, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';
import { fromWireBytes, toWireBytes } from './binary.ts';

export type ConnectionState = 'connecting' | 'connected' | 'disconnected' | 'unauthorized';

/** The server gives the API server 32 s; its own word about that must come before ours. */
const answerTimeoutMs = 40_000;

type BrowserSocket = Socket<Facts, Record<string, (...args: unknown[]) => void>>;

/** The one connection of this page to the server. Nothing is sent while it is down, and nothing is kept for later. */
export class Connection {
  readonly #socket: BrowserSocket;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  /** Rises with each new connection: whatever was asked for on the one before must be asked for again. */
  #epoch = 0;

  constructor() {
    this.#socket = io({
      parser,
      transports: ['websocket'],
      // Back at once after a blip, and no more than every 5 s while the server is away.
      reconnectionDelay: 200,
      reconnectionDelayMax: 5_000,
    });
    this.#socket.on('connect', () => void this.#greet());
    this.#socket.on('disconnect', (reason) => {
      this.#setState('disconnected');
      // The only end after which socket.io doesn't try again by itself.
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

  /** Listens to a fact until the returned function is called. */
  listen<F extends FactName>(name: F, listener: Facts[F]): () => void {
    // The types of socket.io can't follow a generic name; Facts ties both together here.
    const socket = this.#socket as unknown as Record<'on' | 'off', (name: F, listener: (fact: object) => void) => void>;
    const hear = (fact: object) => (listener as (fact: object) => void)(fromWireBytes(fact));
    socket.on(name, hear);
    return () => socket.off(name, hear);
  }

  async #greet(): Promise<void> {
    try {
      await this.ask('session:hello', { protocol: protocolVersion });
    } catch (error) {
      // A tab from another build: the pages of this one speak the server's language.
      if (error instanceof AppError && error.code === 'outdated') window.location.reload();
      return;
    }
    this.#epoch += 1;
    this.#setState('connected');
  }

  /** A browser doesn't tell why a WebSocket was refused; a plain request does. */
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
