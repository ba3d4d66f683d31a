import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Cluster } from '../kubernetes/cluster.ts';
import type { UserEntry } from '../kubernetes/kubeconfig-schema.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** Stands in for an API server at its border, http, where a test needs answers that a real one can't be made to give. */
export class FakeApiServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].find((p) => p === this.subprotocol) ?? false,
  });
  readonly requests: string[] = [];
  subprotocol = 'v5.channel.k8s.io';
  /** undefined: upgrades are refused with 403. */
  onSocket: ((socket: WebSocket, url: URL) => void) | undefined;
  /** Upgrades with another bearer token are refused with 401. */
  acceptedToken: string | undefined;

  private constructor(answer: Answer) {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      this.requests.push(`${request.method} ${request.url}`);
      answer(request, response, url);
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      this.requests.push(`UPGRADE ${request.url}`);
      const { onSocket, acceptedToken } = this;
      if (acceptedToken !== undefined && request.headers.authorization !== `Bearer ${acceptedToken}`) {
        refuseUpgrade(socket, 401, 'Unauthorized');
        return;
      }
      if (onSocket === undefined) {
        refuseUpgrade(socket, 403, 'pods "x" is forbidden: User "u" cannot create resource');
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (opened) => onSocket(opened, url));
    });
  }

  static async start(
    answer: Answer = (_request, response) => sendStatus(response, 404, 'not found'),
  ): Promise<FakeApiServer> {
    const fake = new FakeApiServer(answer);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  /** How long a connection without a request is kept, in milliseconds, and clients are not told of it. */
  set keepIdleMs(ms: number) {
    this.#server.keepAliveTimeout = ms;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  cluster(user: UserEntry = {}): Cluster {
    return new Cluster({
      summary: { name: 'fake', cluster: 'fake', user: 'u', namespace: undefined },
      cluster: { server: this.url },
      user,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function refuseUpgrade(socket: Duplex, code: number, message: string): void {
  const body = JSON.stringify({ kind: 'Status', status: 'Failure', code, message });
  socket.end(
    `HTTP/1.1 ${code} Refused\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

export function sendStatus(response: ServerResponse, code: number, message: string): void {
  sendJson(response, { kind: 'Status', status: 'Failure', code, message }, code);
}
