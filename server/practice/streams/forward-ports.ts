import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { NodeApi } from '../api/node-api.ts';
import type { Pod } from '../store/pod.ts';
import { SpdyConnection, type SpdyStream } from './spdy/spdy-connection.ts';

/** The pod whose ports are forwarded, and the node that it is on. */
export interface ForwardTarget {
  node: NodeApi;
  pod: Pod;
}

/** Forwards ports for a client that opens two SPDY streams for each connection, one for errors and one for data. */
export function forwardOverSpdy(target: ForwardTarget, socket: Duplex): void {
  const waiting = new Map<string, Partial<ForwardStreams>>();
  new SpdyConnection(socket, (stream) => {
    const id = stream.headers.get('requestid') ?? stream.headers.get('port') ?? '';
    const type = stream.headers.get('streamtype');
    if (type !== 'error' && type !== 'data') {
      stream.destroy();
      return;
    }
    const pair: Partial<ForwardStreams> = { ...waiting.get(id), [type]: stream };
    waiting.set(id, pair);
    const { error, data } = pair;
    if (error === undefined || data === undefined) return;
    waiting.delete(id);
    void forward(target, Number(data.headers.get('port')), { error, data });
  });
}

interface ForwardStreams {
  error: SpdyStream;
  data: SpdyStream;
}

/** The older form, which browsers can speak: two channels for each port in the query, data and errors. */
export function forwardOverChannels({ node, pod }: ForwardTarget, ports: number[], socket: WebSocket): void {
  const inputs = ports.map((port, index) => {
    const announce = Buffer.alloc(3);
    announce.writeUInt16LE(port, 1);
    for (const channel of [2 * index, 2 * index + 1]) {
      announce[0] = channel;
      socket.send(Buffer.from(announce));
    }
    return node.dial(pod, port).then(
      (stream) => {
        stream.on('data', (chunk: Buffer) => {
          stream.pause();
          socket.send(Buffer.concat([Buffer.from([2 * index]), chunk]), () => stream.resume());
        });
        stream.on('error', () => stream.destroy());
        stream.on('close', () => socket.close());
        socket.on('close', () => stream.destroy());
        return stream;
      },
      (error: unknown) => {
        socket.send(Buffer.concat([Buffer.from([2 * index + 1]), Buffer.from(refusal(pod, port, error))]));
        return undefined;
      },
    );
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (frame) => {
    if (!Buffer.isBuffer(frame)) return;
    const [channel = 1] = frame;
    if (channel % 2 === 0) void inputs[channel / 2]?.then((stream) => stream?.write(frame.subarray(1)));
  });
}

async function forward({ node, pod }: ForwardTarget, port: number, { error, data }: ForwardStreams): Promise<void> {
  try {
    const stream = await node.dial(pod, port);
    stream.on('error', () => stream.destroy());
    data.on('close', () => stream.destroy());
    stream.on('close', () => {
      data.end();
      error.end();
    });
    data.pipe(stream);
    stream.pipe(data);
  } catch (failure) {
    error.end(refusal(pod, port, failure));
    data.end();
    data.resume();
  }
}

function refusal({ metadata }: Pod, port: number, error: unknown): string {
  const why =
    error instanceof Error && error.message.includes('ECONNREFUSED') ? 'connect: connection refused' : String(error);
  return `error forwarding port ${port} to pod ${metadata.name}, uid ${metadata.uid}: failed to connect to localhost:${port} inside the pod's network namespace: dial tcp 127.0.0.1:${port}: ${why}`;
}
