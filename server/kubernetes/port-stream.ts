import { Duplex } from 'node:stream';
import type { ApiCall } from './api-call.ts';
import { ApiSocket } from './api-socket.ts';
import type { Cluster } from './cluster.ts';
import type { PodAddress } from './pod-watch.ts';
import { encodeFrame } from './stream-frames.ts';

/** Two channels, data and errors, each of which begins with the port in two bytes (kubelet, portforward/websocket.go). */
const subprotocols = ['v4.channel.k8s.io'];
const dataChannel = 0;
const errorChannel = 1;
/** As the frames of containers: what proxies on the way take in one piece. */
const frameBytes = 32 * 1024;
/**
 * A minute, as kubectl has it: while an application reads nothing of what it was sent, the API server reads nothing either, and
 * so answers no ping.
 */
const mostMissed = 4;

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
  return new PortStream(await ApiSocket.open(cluster, call, { protocols: subprotocols, mostMissed }));
}

/** The bytes of one connection; what the node says of it is its error. */
class PortStream extends Duplex {
  readonly #socket: ApiSocket;
  /** Channels whose first frame, with the port, has come. */
  readonly #announced = new Set<number>();
  #problem = '';

  constructor(socket: ApiSocket) {
    super();
    this.#socket = socket;
    socket.listen({
      onFrame: (frame) => this.#take(frame),
      onEnd: (error) => {
        if (this.#problem !== '') this.destroy(new Error(this.#problem));
        else if (error !== undefined) this.destroy(error);
        else this.push(null);
      },
    });
    socket.hold(false);
  }

  override _read(): void {
    this.#socket.hold(false);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const frames: Promise<void>[] = [];
    for (let begin = 0; begin < chunk.length; begin += frameBytes)
      frames.push(this.#socket.send(encodeFrame(dataChannel, chunk.subarray(begin, begin + frameBytes))));
    Promise.all(frames).then(() => done(), done);
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
    if (!this.#announced.has(channel)) {
      this.#announced.add(channel);
      return;
    }
    if (channel === dataChannel) {
      if (bytes.length > 0 && !this.push(bytes)) this.#socket.hold(true);
      return;
    }
    // Told to the end: what the node says of a port where nobody listens.
    this.#problem = (this.#problem + bytes.toString('utf8')).slice(0, 500);
    if (this.#problem !== '') this.#socket.askToClose();
  }
}
