import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KubernetesListObject, KubernetesObject } from '@kubernetes/client-node';

export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: T;
}

interface Asked {
  method: string;
  path: string;
  body?: object | undefined;
  signal?: AbortSignal;
}

/**
 * Talks to the API server as the administrator without blocking the process: fault proxies and web servers of stories run in it.
 * `kubectl proxy` knows every way to log in; its socket lies in a folder of ours, so no other user can reach it.
 */
export class ApiClient implements AsyncDisposable {
  readonly #socketPath: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #stop: () => Promise<void>;

  private constructor(socketPath: string, stop: () => Promise<void>) {
    this.#socketPath = socketPath;
    this.#stop = stop;
  }

  static async start(kubeconfig: string, folder: string): Promise<ApiClient> {
    const socketPath = join(folder, 'api.sock');
    const proxy = spawn(
      'kubectl',
      ['--kubeconfig', kubeconfig, '--context', 'admin', 'proxy', '--unix-socket', socketPath],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(proxy, 'exit');
    await Promise.race([
      once(createInterface({ input: proxy.stdout }), 'line'),
      ended.then(() => {
        throw new Error('kubectl proxy ended before it served');
      }),
    ]);
    return new ApiClient(socketPath, async () => {
      proxy.kill();
      await ended;
    });
  }

  /** The object at a path; `undefined` where there is none. */
  async get<T extends KubernetesObject>(path: string): Promise<T | undefined> {
    const { status, body } = await this.#ask('GET', path);
    return status === 404 ? undefined : parse<T>(path, status, body);
  }

  async list<T extends KubernetesObject>(path: string): Promise<KubernetesListObject<T>> {
    const { status, body } = await this.#ask('GET', path);
    return parse(path, status, body);
  }

  async create<T extends KubernetesObject>(path: string, object: object): Promise<T> {
    const { status, body } = await this.#ask('POST', path, object);
    return parse(path, status, body);
  }

  /** Asks for the end of an object; one that is gone already is fine. */
  async delete(path: string, options: { gracePeriodSeconds?: number } = {}): Promise<void> {
    const { status, body } = await this.#ask('DELETE', path, options);
    if (status !== 404) parse(path, status, body);
  }

  /** The changes at a path until the server ends the stream or the signal comes. */
  async *watch<T extends KubernetesObject>(path: string, signal: AbortSignal): AsyncGenerator<WatchEvent<T>> {
    const response = await this.#send({ method: 'GET', path, signal });
    try {
      for await (const line of createInterface({ input: response })) if (line !== '') yield JSON.parse(line);
    } finally {
      response.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    await this.#stop();
  }

  async #ask(method: string, path: string, body?: object): Promise<{ status: number; body: string }> {
    const response = await this.#send({ method, path, body });
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode ?? 0, body: text };
  }

  #send({ method, path, body, signal }: Asked): Promise<IncomingMessage> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request({
        method,
        path,
        socketPath: this.#socketPath,
        agent: this.#agent,
        // Node sends no length with a DELETE by itself; its body would be taken for the next request.
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) },
        ...(signal === undefined ? {} : { signal }),
      });
      sent.once('response', resolve).once('error', reject);
      sent.end(text);
    });
  }
}

function parse<T>(path: string, status: number, body: string): T {
  if (status >= 200 && status < 300) return JSON.parse(body);
  throw new Error(`${path} was answered with ${status}: ${body.slice(0, 500)}`);
}
