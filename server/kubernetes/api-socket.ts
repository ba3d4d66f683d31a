import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { ApiCall } from './api-call.ts';
import { ApiStatusError, parseStatus } from './api-error.ts';
import type { Cluster, WebSocketAddress } from './cluster.ts';
import type { LivenessClock } from './liveness-clock.ts';

/** Frames of containers are at most 32 KiB; a status is a few KiB. Larger is not from a kubelet. */
const maxFrameBytes = 4 * 1024 * 1024;
/** TLS and the API server's way to the kubelet; beyond this nothing will come. */
const handshakeTimeoutMs = 15_000;

export interface ApiSocketOptions {
  protocols: readonly string[];
  /** After so many pings without an answer the other side is gone. */
  mostMissed: number;
  signal?: AbortSignal | undefined;
}

export interface ApiSocketListener {
  onFrame(frame: Buffer): void;
  /** Called once, unless it ends from here. Without an error: the other side has closed it. */
  onEnd(error: Error | undefined): void;
}

/** A WebSocket to the API server that notices when the other side is gone. */
export class ApiSocket {
  readonly #socket: WebSocket;
  readonly #clock: LivenessClock;
  readonly #mostMissed: number;
  #listener: ApiSocketListener | undefined;
  #stopWatching = () => {};
  #missed = 0;
  #isHeld = false;
  #pings = 0;
  /** By the number of their ping, in order. */
  readonly #waiting = new Map<number, (isThere: boolean) => void>();
  readonly #over = Promise.withResolvers<void>();

  private constructor(socket: WebSocket, clock: LivenessClock, mostMissed: number) {
    this.#socket = socket;
    this.#clock = clock;
    this.#mostMissed = mostMissed;
  }

  /**
   * Resolves once the API server has agreed. Nothing is read before `listen` and `hold(false)`. Rejects with an AppError in words
   * for the user where the API server refuses or can't be reached, and with anything where `signal` aborts before.
   */
  static async open(cluster: Cluster, call: ApiCall, options: ApiSocketOptions): Promise<ApiSocket> {
    const { signal, mostMissed } = options;
    const send = async () => connect(await cluster.webSocketAddress(call), options);
    return new ApiSocket(await cluster.attempt(call, send, signal), cluster.clock, mostMissed);
  }

  /** To be called at once, and once: what comes before would be missed. */
  listen(listener: ApiSocketListener): void {
    this.#listener = listener;
    this.#stopWatching = this.#clock.watch(this);
    this.#socket.on('pong', (data: Buffer) => this.#takePong(Number(data.toString())));
    this.#socket.on('message', (frame: Buffer) => {
      this.#missed = 0;
      this.#listener?.onFrame(frame);
    });
    this.#socket.on('close', () => this.#finish(undefined));
    this.#socket.on('error', (error) => this.#finish(error));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Resolves once nothing more comes, whoever ended it. */
  get ended(): Promise<void> {
    return this.#over.promise;
  }

  /** Resolves once the bytes are with the operating system. */
  send(frame: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(frame, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Stops and starts reading. While it is held, nobody can tell whether the other side is there. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#missed = 0;
    if (isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  /**
   * Waits until all is here that the API server had sent when it was asked: what another request has learned is then not
   * ahead of this socket. False where it ended before.
   */
  catchUp(): Promise<boolean> {
    if (!this.isOpen) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.set(this.#ping(), resolve);
    return promise;
  }

  /** Says goodbye. What is still on its way comes before the end. */
  askToClose(): void {
    this.#socket.close();
  }

  /** Says goodbye, and wants nothing more. */
  close(): void {
    this.#stop();
    this.askToClose();
  }

  /** Leaves without a word. */
  terminate(): void {
    this.#stop();
    this.#socket.terminate();
  }

  /** Called by the clock: asks for a sign of life, and ends a connection that gave none for too long. */
  checkAlive(): void {
    if (!this.isOpen) return;
    if (this.#missed >= this.#mostMissed && !this.#isHeld) {
      this.#finish(new Error('the connection fell silent'));
      this.#socket.terminate();
      return;
    }
    this.#missed += 1;
    this.#ping();
  }

  /** Each ping has a number: an answer to a later one answers those before it too (RFC 6455, section 5.5.3). */
  #ping(): number {
    this.#pings += 1;
    this.#socket.ping(String(this.#pings));
    return this.#pings;
  }

  #takePong(answered: number): void {
    this.#missed = 0;
    for (const [ping, resolve] of this.#waiting) {
      if (ping > answered) break;
      this.#waiting.delete(ping);
      resolve(true);
    }
  }

  #finish(error: Error | undefined): void {
    const listener = this.#listener;
    this.#stop();
    listener?.onEnd(error);
  }

  #stop(): void {
    this.#listener = undefined;
    this.#stopWatching();
    for (const resolve of this.#waiting.values()) resolve(false);
    this.#waiting.clear();
    this.#over.resolve();
  }
}

/** A socket that is open and paused: nothing that it brings is missed. Rejects with an ApiStatusError where it is refused. */
function connect({ url, options }: WebSocketAddress, { protocols, signal }: ApiSocketOptions): Promise<WebSocket> {
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

async function readRefusal(response: IncomingMessage): Promise<ApiStatusError> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return new ApiStatusError(response.statusCode ?? 0, parseStatus(Buffer.concat(chunks).toString('utf8')));
}
