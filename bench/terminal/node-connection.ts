import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import type { RunningServer } from '#e2e/product.ts';
import type { FactName, Facts, Replies, Reply, RequestName, RequestOf } from '#lib/protocol/events.ts';
import { protocolVersion } from '#lib/protocol/limits.ts';

/** A page's connection to the server, without the page. */
export class NodeConnection {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open({ origin, token }: RunningServer): Promise<NodeConnection> {
    const cookie = `ephemera-${new URL(origin).port}=${token}`;
    const socket = io(origin, {
      parser,
      transports: ['websocket'],
      extraHeaders: { Cookie: cookie, Origin: origin },
      forceNew: true,
      // As the page has it.
      reconnectionDelay: 200,
      reconnectionDelayMax: 5_000,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const connection = new NodeConnection(socket);
    await connection.ask('session:hello', { protocol: protocolVersion });
    return connection;
  }

  async ask<N extends RequestName>(name: N, request: RequestOf<N>): Promise<Replies[N]> {
    const reply = (await this.#socket.emitWithAck(name, request)) as Reply<Replies[N]>;
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.value;
  }

  listen<F extends FactName>(name: F, listener: Facts[F]): () => void {
    const hear = listener as (fact: unknown) => void;
    this.#socket.on(name as string, hear);
    return () => this.#socket.off(name as string, hear);
  }

  /** Calls this after each connection but the first. */
  onReconnect(listener: () => void): void {
    this.#socket.on('connect', listener);
  }

  /** Breaks the connection as a network does; socket.io makes another. */
  cut(): void {
    this.#socket.io.engine.transport.close();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
