import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';
import type { ContextSummary } from '#lib/clusters.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { type ApiCall, methodOf, pathOf } from './api-call.ts';
import { ApiStatusError, type ClusterWords, parseStatus, toApiError, toConnectionError } from './api-error.ts';
import { type ConnectionOptions, Credentials } from './credentials.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';
import { LivenessClock } from './liveness-clock.ts';
import { SharedContext } from './shared-context.ts';

/** A pod list of 500 large pods is about 15 MB; an answer beyond this is no answer to anything we ask. */
const maxBodyBytes = 128 * 1024 * 1024;
/** kubectl's own default; a healthy API server answers within a second. */
const answerTimeoutMs = 32_000;
/**
 * How long a connection without a call is kept for the next. Calls come in bursts; after a pause the network may have forgotten
 * the connection, which nobody tells, and a call on it waits for ever. Node.js's own servers keep them as long.
 */
const defaultIdleTimeoutMs = 5_000;

/** For a WebSocket: all of them share one TLS context. */
type SocketOptions = Omit<ConnectionOptions, 'ca' | 'cert' | 'key'> & { secureContext?: SecureContext };

export interface WebSocketAddress {
  url: string;
  options: SocketOptions;
}

export interface ClusterConfig {
  summary: ContextSummary;
  cluster: ClusterEntry;
  user: UserEntry;
  /** Asks its WebSockets for signs of life; one of its own where there is none to share. */
  clock?: LivenessClock;
  /** How long a connection without a call is kept for the next. */
  idleTimeoutMs?: number;
}

/** One cluster as one user: everything that goes to its API server goes through here. */
export class Cluster {
  /** Tells it from others, also from one of the same context whose credentials differ. */
  readonly id = randomUUID();
  readonly summary: ContextSummary;
  readonly clock: LivenessClock;
  readonly #server: URL;
  readonly #credentials: Credentials;
  readonly #context = new SharedContext();
  // Connections are shared by all calls: without this each of 20 calls would do its own TLS handshake.
  readonly #agent: http.Agent;

  constructor(config: ClusterConfig) {
    this.summary = config.summary;
    this.clock = config.clock ?? new LivenessClock();
    this.#server = parseServer(config);
    this.#credentials = new Credentials(config.cluster, config.user, config.summary.user);
    // Of connections that are idle: a watch may be silent for longer.
    const options = { keepAlive: true, timeout: config.idleTimeoutMs ?? defaultIdleTimeoutMs };
    this.#agent = this.#server.protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
  }

  get words(): ClusterWords {
    return { context: this.summary.name, server: this.#server.origin, user: this.summary.user };
  }

  /** Does a call and parses its JSON answer. Errors are AppErrors in words for the user. */
  async request<T>(call: ApiCall, signal?: AbortSignal): Promise<T> {
    return JSON.parse(await this.#requestText(call, signal)) as T;
  }

  async #requestText(call: ApiCall, signal?: AbortSignal): Promise<string> {
    const timeout = AbortSignal.timeout(answerTimeoutMs);
    const response = await this.stream(call, signal ? AbortSignal.any([signal, timeout]) : timeout);
    try {
      return await readBody(response);
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw toConnectionError(cause, this.words);
    }
  }

  /** Does a call and returns its body as a stream, for watches. Ends when `signal` aborts. */
  async stream(call: ApiCall, signal: AbortSignal): Promise<http.IncomingMessage> {
    return this.attempt(call, () => this.#send(call, signal), signal);
  }

  /**
   * Resolves as `send` does, which rejects with an ApiStatusError where the API server refuses. As kubectl: credentials from
   * a plugin that are refused may have expired since, so it is asked once for new ones. Errors are in words for the user.
   */
  async attempt<T>(call: ApiCall, send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof ApiStatusError)) throw this.#putIntoWords(error, signal);
        const mayBeStale = error.status === 401 && this.#credentials.isRenewable;
        if (!isFirst || !mayBeStale) throw await this.describe(error, call);
        this.#credentials.renew();
      }
    }
  }

  /** Where and how to open a WebSocket for a call. */
  async webSocketAddress(call: ApiCall): Promise<WebSocketAddress> {
    const url = this.#url(call);
    url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
    const { ca, cert, key, ...options } = await this.#credentials.connectionOptions();
    const isPlain = url.protocol === 'ws:';
    return {
      url: url.href,
      options: isPlain ? options : { ...options, secureContext: this.#context.of({ ca, cert, key }) },
    };
  }

  /** Puts a refusal into words; a 401 is looked into. */
  async describe(error: ApiStatusError, call: ApiCall): Promise<AppError> {
    const expired = error.status === 401 ? await this.#credentials.expiredCertificate() : undefined;
    if (expired === undefined) return toApiError(error, call, this.words);
    const on = expired.toISOString().slice(0, 10);
    return new AppError('credentials', `The client certificate of user ${this.summary.user} expired on ${on}.`, {
      cause: error,
      next: 'Renew it (or get a new kubeconfig), then retry; Ephemera reads the kubeconfig anew.',
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #putIntoWords(error: unknown, signal?: AbortSignal): unknown {
    if (error instanceof AppError) return error;
    const timedOut = signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    if (signal?.aborted && !timedOut) return error;
    return toConnectionError(
      timedOut ? Object.assign(new Error('time-out'), { code: 'ETIMEDOUT' }) : error,
      this.words,
    );
  }

  #url(call: ApiCall): URL {
    // A server may live below a path (Rancher: https://host/k8s/clusters/c-x).
    const url = new URL(this.#server);
    const [path = '', query = ''] = pathOf(call).split('?', 2);
    url.pathname = url.pathname.replace(/\/$/, '') + path;
    url.search = query;
    return url;
  }

  async #send(call: ApiCall, signal: AbortSignal): Promise<http.IncomingMessage> {
    const { headers, ...tls } = await this.#credentials.connectionOptions();
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const send = this.#server.protocol === 'http:' ? http.request : https.request;
      const request = send(this.#url(call), {
        method: methodOf(call),
        agent: this.#agent,
        ...tls,
        signal,
        headers: {
          ...headers,
          Accept: call.subresource === 'log' ? '*/*' : 'application/json',
          'User-Agent': 'ephemera',
          ...(body === undefined ? {} : describeBody(body, call)),
        },
      });
      request.on('response', resolve).on('error', reject);
      request.end(body);
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    throw new ApiStatusError(status, parseStatus(await readBody(response)));
  }
}

/** With its length: Node.js sends the body of a DELETE without any, and it would be taken for the next request. */
function describeBody(body: string, { contentType = 'application/json' }: ApiCall): http.OutgoingHttpHeaders {
  return { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) };
}

function parseServer({ cluster, summary }: ClusterConfig): URL {
  if (URL.canParse(cluster.server) && /^https?:/.test(cluster.server)) return new URL(cluster.server);
  throw new AppError(
    'bad-kubeconfig',
    `The server of cluster ${summary.cluster} is not an address: ${cluster.server}.`,
    {
      next: 'Mend it in the kubeconfig: https://host:port.',
    },
  );
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error(`the answer is larger than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
