import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import WebSocket from 'ws';
import { parse } from 'yaml';

export interface Answer {
  status: number;
  body: unknown;
}

/** A cluster as a program without any library asks it. */
export class ParityClient {
  readonly name: string;
  readonly #server: URL;
  readonly #ca: Buffer;
  readonly #tokens: Map<string, string>;

  constructor(name: string, kubeconfig: string) {
    const config = parse(readFileSync(kubeconfig, 'utf8')) as {
      clusters: { cluster: { server: string; 'certificate-authority': string } }[];
      users: { name: string; user: { token?: string } }[];
    };
    const cluster = config.clusters[0]?.cluster;
    this.name = name;
    this.#server = new URL(cluster?.server ?? '');
    this.#ca = readFileSync(cluster?.['certificate-authority'] ?? '');
    this.#tokens = new Map(config.users.map(({ name: user, user: { token = '' } }) => [user, token]));
  }

  ask(
    path: string,
    {
      method = 'GET',
      user = 'admin',
      headers = {},
      body,
    }: { method?: string; user?: string; headers?: Record<string, string>; body?: unknown } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#server),
        {
          method,
          ca: this.#ca,
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${this.#tokens.get(user)}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: parseBody(Buffer.concat(parts).toString('utf8')) }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
  }

  /** Opens exec or attach, sends this to stdin, and gives what each channel said until the server closes. */
  stream(path: string, stdin: string | undefined, user = 'admin'): Promise<Answer> {
    return new Promise((resolve) => {
      const socket = new WebSocket(new URL(path, this.#server.href.replace('https', 'wss')), ['v5.channel.k8s.io'], {
        ca: this.#ca,
        headers: { authorization: `Bearer ${this.#tokens.get(user)}` },
      });
      const channels: Record<string, string> = {};
      socket.on('open', () => {
        if (stdin === undefined) return;
        socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(stdin)]));
        socket.send(Buffer.from([255, 0]));
      });
      socket.on('message', (message) => {
        const frame = message as Buffer;
        const text = frame.subarray(1).toString('utf8');
        if (text !== '') channels[String(frame[0])] = (channels[String(frame[0])] ?? '') + text;
      });
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => {
          // The connection would keep this process for as long as the server keeps it open: 90 s.
          socket.terminate();
          resolve({ status: response.statusCode ?? 0, body: parseBody(text) });
        });
      });
      socket.on('error', () => {});
      socket.on('close', () =>
        resolve({ status: 101, body: { ...channels, ...(channels['3'] ? { 3: parseBody(channels['3']) } : {}) } }),
      );
    });
  }
}

/** JSON, the events of a watch, or text. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.trim().split('\n');
    if (!lines.every((line) => line.startsWith('{'))) return text;
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}
