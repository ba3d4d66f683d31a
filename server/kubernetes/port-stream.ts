import { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import type { ApiCall } from './api-call.ts';
import type { Cluster } from './cluster.ts';
import { connect } from './container-stream.ts';
import type { PodAddress } from './pod-watch.ts';

/** Two channels, data and errors, each of which begins with the port in two bytes (kubelet, portforward/websocket.go). */
const subprotocols = ['v4.channel.k8s.io'];
const [dataChannel, errorChannel] = [0, 1];
/** As the frames of containers: what proxies on the way take in one piece. */
const frameBytes = 32 * 1024;

/** A connection to a port of a pod. Rejects with an AppError in words for the user where the API server refuses it. */
export async function openPortStream(
  cluster: Cluster,
  { namespace, pod, port }: PodAddress & { port: number },
): Promise<Duplex> {
  const call: ApiCall = {
    verb: 'create',
    resource: 'pods',
    subresource: 'portforward',
    namespace,
    name: pod,
    query: { ports: String(port) },
  };
  const socket = await cluster.attempt(call, async () =>
    connect(await cluster.webSocketAddress(call), undefined, subprotocols),
  );
  return new PortStream(socket);
}

/** The bytes of one connection; what the node says of it is its error. */
class PortStream extends Duplex {
  readonly #socket: WebSocket;
  /** Channels whose first frame, with the port, has come. */
  readonly #announced = new Set<number>();
  #problem = '';

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('message', (frame: Buffer) => this.#take(frame));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => {
      if (this.#problem !== '') this.destroy(new Error(this.#problem));
      else this.push(null);
    });
    socket.resume();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const frames = Math.ceil(chunk.length / frameBytes);
    for (let index = 0; index < frames; index++) {
      const part = chunk.subarray(index * frameBytes, (index + 1) * frameBytes);
      const isLast = index === frames - 1;
      this.#socket.send(
        Buffer.concat([Buffer.from([dataChannel ?? 0]), part]),
        isLast ? (error) => done(error) : () => {},
      );
    }
  }

  override _final(done: () => void): void {
    // This form of the protocol has no end of one direction alone: the answer may still come.
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.terminate();
    done(error);
  }

  #take(frame: Buffer): void {
    const channel = frame[0] ?? errorChannel;
    const bytes = frame.subarray(1);
    if (!this.#announced.has(channel ?? 0)) {
      this.#announced.add(channel ?? 0);
      return;
    }
    if (channel === dataChannel) {
      if (bytes.length > 0 && !this.push(bytes)) this.#socket.pause();
      return;
    }
    // Told to the end: what the node says of a port where nobody listens.
    this.#problem = (this.#problem + bytes.toString('utf8')).slice(0, 500);
    if (this.#problem !== '') this.#socket.close();
  }
}
