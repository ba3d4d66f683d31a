import type { ApiCall } from './api-call.ts';
import { toConnectionError } from './api-error.ts';
import { ApiSocket } from './api-socket.ts';
import type { Cluster } from './cluster.ts';
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

/** A stream that a person types into must not seem to live for long after it broke. */
const mostMissed = 1;

/** An attach or exec stream to a container: the channels of the remotecommand protocol over a socket. */
export class ContainerStream {
  readonly #socket: ApiSocket;
  readonly #handlers: StreamHandlers;

  constructor(socket: ApiSocket, handlers: StreamHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.listen({
      onFrame: (frame) => this.#take(frame),
      onEnd: (error = new Error('the connection was closed without a status')) =>
        handlers.onEnd({ kind: 'failed', error }),
    });
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  /** Resolves once nothing more comes, whoever ended it. */
  get ended(): Promise<void> {
    return this.#socket.ended;
  }

  /** Resolves once the bytes are with the operating system, which is how fast input is taken. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#socket.send(encodeFrame(channels.stdin, bytes));
  }

  resize(columns: number, rows: number): void {
    if (!this.isOpen) return;
    this.#socket.send(encodeResize(columns, rows)).catch(() => {
      // It broke: `onEnd` tells.
    });
  }

  /** Waits until all output is here that the API server had sent when it was asked. False where the stream ended before. */
  catchUp(): Promise<boolean> {
    return this.#socket.catchUp();
  }

  /** Stops and starts reading. */
  hold(isHeld: boolean): void {
    this.#socket.hold(isHeld);
  }

  /** Leaves the stream; the process goes on. onEnd is not called any more. */
  close(): void {
    this.#socket.terminate();
  }

  #take(frame: Buffer): void {
    const channel = frame[0];
    const bytes = frame.subarray(1);
    // Each stream begins with an empty frame per channel.
    if (channel === channels.stdout && bytes.length > 0) this.#handlers.onOutput(bytes, 'stdout');
    else if (channel === channels.stderr && bytes.length > 0) this.#handlers.onOutput(bytes, 'stderr');
    else if (channel === channels.status) {
      const status = parseStreamStatus(bytes);
      // Output always comes before the status: nothing more is to be had.
      this.#socket.close();
      this.#handlers.onEnd(status.kind === 'exit' ? status : { kind: 'refused', message: status.message });
    }
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
  const socket = await ApiSocket.open(cluster, toCall(request), { protocols: subprotocols, mostMissed, signal });
  const stream = new ContainerStream(socket, {
    ...handlers,
    onEnd(end) {
      if (end.kind !== 'failed') handlers.onEnd(end);
      else handlers.onEnd({ kind: 'failed', error: toConnectionError(end.error, cluster.words) });
    },
  });
  handlers.onOpen?.(stream);
  stream.hold(false);
  return stream;
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
