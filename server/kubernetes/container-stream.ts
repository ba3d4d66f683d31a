import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { ApiCall } from './api-call.ts';
import { ApiStatusError, parseStatus, toConnectionError } from './api-error.ts';
import type { Cluster, WebSocketAddress } from './cluster.ts';
import { channels, encodeFrame, encodeResize, parseStreamStatus, subprotocols } from './stream-frames.ts';

export interface StreamRequest {
  kind: 'attach' | 'exec';
  namespace: string;
  pod: string;
  container: string;
  /** exec only */
  command?: string[];
  stdin: boolean;
  tty: boolean;
}

/**
 * How a stream ended: the process exited (attach can't tell its code: 0 there only means "the stream is over"),
 * the kubelet or the runtime refused in its own words, or the connection broke.
 */
export type StreamEnd =
  | { kind: 'exit'; exitCode: number }
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; error: Error };

export interface StreamHandlers {
  /** The API server has agreed to the stream; the kubelet may still refuse. Called before any output. */
  onOpen?(stream: ContainerStream): void;
  onOutput(bytes: Uint8Array, channel: 'stdout' | 'stderr'): void;
  /** Called exactly once. */
  onEnd(end: StreamEnd): void;
}

/** Frames of containers are at most 32 KiB; a status is a few KiB. Larger is not from a kubelet. */
const maxFrameBytes = 4 * 1024 * 1024;
/** TLS and the API server's way to the kubelet; beyond this nothing will come. */
const handshakeTimeoutMs = 15_000;
/** An idle connection is asked for a sign of life this often: below the 20 s after which the strictest proxies cut it. */
const pingIntervalMs = 15_000;

/** One clock for all streams: hundreds that are idle wake the server once, not each for itself. */
const open = new Set<{ checkAlive(): void }>();
let clock: NodeJS.Timeout | undefined;

function watchLiveness(stream: { checkAlive(): void }): void {
  open.add(stream);
  clock ??= setInterval(() => {
    for (const one of open) one.checkAlive();
  }, pingIntervalMs);
}

function stopWatching(stream: { checkAlive(): void }): void {
  open.delete(stream);
  if (open.size > 0) return;
  clearInterval(clock);
  clock = undefined;
}

/** An attach or exec stream to a container. */
export class ContainerStream {
  readonly #socket: WebSocket;
  readonly #handlers: StreamHandlers;
  #ended = false;
  #isAlive = true;
  #isHeld = false;
  #pings = 0;
  /** By the number of their ping, in order. */
  readonly #waiting = new Map<number, (isThere: boolean) => void>();
  readonly #over = Promise.withResolvers<void>();

  constructor(socket: WebSocket, handlers: StreamHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    watchLiveness(this);
    socket.on('pong', (data: Buffer) => this.#takePong(Number(data.toString())));
    socket.on('message', (data: Buffer) => this.#take(data));
    socket.on('close', () =>
      this.#finish({ kind: 'failed', error: new Error('the connection was closed without a status') }),
    );
    socket.on('error', (error) => this.#finish({ kind: 'failed', error }));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Resolves once the bytes are with the operating system, which is how fast input is taken. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(encodeFrame(channels.stdin, bytes), (error) => (error ? reject(error) : resolve()));
    });
  }

  resize(columns: number, rows: number): void {
    if (this.isOpen) this.#socket.send(encodeResize(columns, rows));
  }

  /** Resolves once nothing more comes, whoever ended it. */
  get ended(): Promise<void> {
    return this.#over.promise;
  }

  /**
   * Waits until all output is here that the API server had sent when it was asked: what another request has learned of the
   * container is then not ahead of this stream. False where the stream ended before.
   */
  catchUp(): Promise<boolean> {
    if (!this.isOpen) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.set(this.#ping(), resolve);
    return promise;
  }

  /** Stops and starts reading. While it is held, nobody can tell whether the other side is there. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#isAlive = true;
    if (isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Leaves the stream; the process goes on. onEnd is not called any more. */
  close(): void {
    this.#ended = true;
    this.#stop();
    this.#socket.terminate();
  }

  /** Each ping has a number: an answer to a later one answers those before it too (RFC 6455, section 5.5.3). */
  #ping(): number {
    this.#pings += 1;
    this.#socket.ping(String(this.#pings));
    return this.#pings;
  }

  #takePong(answered: number): void {
    this.#isAlive = true;
    for (const [ping, resolve] of this.#waiting) {
      if (ping > answered) break;
      this.#waiting.delete(ping);
      resolve(true);
    }
  }

  #stop(): void {
    stopWatching(this);
    for (const resolve of this.#waiting.values()) resolve(false);
    this.#waiting.clear();
    this.#over.resolve();
  }

  #take(data: Buffer): void {
    this.#isAlive = true;
    const channel = data[0];
    const bytes = data.subarray(1);
    // Each stream begins with an empty frame per channel.
    if (channel === channels.stdout && bytes.length > 0) this.#handlers.onOutput(bytes, 'stdout');
    else if (channel === channels.stderr && bytes.length > 0) this.#handlers.onOutput(bytes, 'stderr');
    else if (channel === channels.status) {
      const status = parseStreamStatus(bytes);
      // Output always comes before the status: nothing more is to be had.
      this.#finish(status.kind === 'exit' ? status : { kind: 'refused', message: status.message });
      this.#socket.close();
    }
  }

  /** Called by the clock: asks for a sign of life, and ends a connection that gave none since it was asked last. */
  checkAlive(): void {
    if (!this.isOpen) return;
    if (!this.#isAlive && !this.#isHeld) {
      this.#finish({ kind: 'failed', error: new Error('the connection fell silent') });
      this.#socket.terminate();
      return;
    }
    this.#isAlive = false;
    this.#ping();
  }

  #finish(end: StreamEnd): void {
    this.#stop();
    if (this.#ended) return;
    this.#ended = true;
    this.#handlers.onEnd(end);
  }
}

/**
 * Opens a stream: resolves once the API server has agreed to it. Rejects with an AppError in words for the user where it
 * refuses or can't be reached, and with anything where `signal` aborts before.
 */
export async function openContainerStream(
  cluster: Cluster,
  request: StreamRequest,
  handlers: StreamHandlers,
  signal?: AbortSignal,
): Promise<ContainerStream> {
  const call = toCall(request);
  const socket = await cluster.attempt(call, async () => connect(await cluster.webSocketAddress(call), signal), signal);
  const stream = new ContainerStream(socket, {
    ...handlers,
    onEnd(end) {
      if (end.kind !== 'failed') handlers.onEnd(end);
      else handlers.onEnd({ kind: 'failed', error: toConnectionError(end.error, cluster.words) });
    },
  });
  handlers.onOpen?.(stream);
  socket.resume();
  return stream;
}

/** A socket that is open and paused: nothing that it brings is missed. Rejects with an ApiStatusError where it is refused. */
export function connect(
  { url, options }: WebSocketAddress,
  signal: AbortSignal | undefined,
  protocols: readonly string[] = subprotocols,
): Promise<WebSocket> {
  const socket = new WebSocket(url, [...protocols], {
    ...options,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handshakeTimeout: handshakeTimeoutMs,
  });
  socket.binaryType = 'nodebuffer';
  const stop = () => socket.terminate();
  signal?.addEventListener('abort', stop);
  return new Promise<WebSocket>((resolve, reject) => {
    socket.once('open', () => {
      socket.pause();
      resolve(socket);
    });
    socket.on('error', reject);
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      readRefusal(response).then(reject, reject).finally(stop);
    });
    if (signal?.aborted) stop();
  }).finally(() => signal?.removeEventListener('abort', stop));
}

function toCall({ kind, namespace, pod, container, command, stdin, tty }: StreamRequest): ApiCall {
  return {
    verb: 'create',
    resource: 'pods',
    subresource: kind,
    namespace,
    name: pod,
    query: {
      container,
      command,
      stdin: String(stdin),
      stdout: 'true',
      // With a terminal there is one output; asking for both is an error.
      stderr: String(!tty),
      tty: String(tty),
    },
  };
}

async function readRefusal(response: IncomingMessage): Promise<ApiStatusError> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return new ApiStatusError(response.statusCode ?? 0, parseStatus(Buffer.concat(chunks).toString('utf8')));
}
