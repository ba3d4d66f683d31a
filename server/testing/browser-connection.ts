import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import type { FactName, Facts } from '#lib/protocol/facts.ts';
import { protocolVersion } from '#lib/protocol/limits.ts';
import type { Replies, Reply, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';

export interface BrowserOptions {
  /** The address that a server printed, with its token. */
  url: string;
  /** Of a proxy on this machine that leads there. */
  port?: number;
  /** Beside the cookie, for a server that tells its callers apart by a header. */
  headers?: Record<string, string>;
  /** Comes back after a break, as a page does. */
  reconnects?: boolean;
}

/** A page's connection to the server, without the page. */
export class BrowserConnection {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async open({ url, port, headers = {}, reconnects = true }: BrowserOptions): Promise<BrowserConnection> {
    const { origin, host, port: ownPort, searchParams } = new URL(url);
    const socket = io(port === undefined ? origin : `http://127.0.0.1:${port}`, {
      parser,
      transports: ['websocket'],
      // A browser sends both; through a proxy the server still hears its own name.
      extraHeaders: {
        ...headers,
        Cookie: `ephemera-${ownPort}=${searchParams.get('token')}`,
        Origin: origin,
        Host: host,
      },
      forceNew: true,
      reconnection: reconnects,
      // As the page has it.
      reconnectionDelay: 200,
      reconnectionDelayMax: 5_000,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new BrowserConnection(socket);
  }

  async hello(): Promise<this> {
    await this.ask('session:hello', { protocol: protocolVersion });
    return this;
  }

  async ask<N extends RequestName>(name: N, request: RequestOf<N>): Promise<Replies[N]> {
    const reply = await this.askAnything(name, request);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.value as Replies[N];
  }

  /** What no page would ask, too. Rejects where the connection breaks before the answer. */
  askAnything(name: string, request: unknown): Promise<Reply<unknown>> {
    return new Promise((resolve, reject) => {
      const lose = () => reject(new Error('the connection broke'));
      this.socket.once('disconnect', lose);
      this.socket.emit(name, request, (reply: Reply<unknown>) => {
        this.socket.off('disconnect', lose);
        resolve(reply);
      });
    });
  }

  listen<F extends FactName>(name: F, listener: Facts[F]): () => void {
    const hear = listener as (fact: unknown) => void;
    this.socket.on(name as string, hear);
    return () => this.socket.off(name as string, hear);
  }

  /** Calls this after each connection but the first. */
  onReconnect(listener: () => void): void {
    this.socket.on('connect', listener);
  }

  /** Breaks the connection as a network does; socket.io makes another. */
  cut(): void {
    this.socket.io.engine.transport.close();
  }

  close(): void {
    this.socket.disconnect();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
