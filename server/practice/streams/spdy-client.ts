import type { Duplex } from 'node:stream';
import type { ClientStreams } from './bridge.ts';
import { readSize } from './channel-client.ts';
import { SpdyConnection, type SpdyStream } from './spdy/spdy-connection.ts';

/** The time for a client to open its streams, like the kubelet's streamCreationTimeout. */
const openTimeoutMs = 30_000;

/** A client that speaks remotecommand's v4 over SPDY. Waits until it has opened the streams that its request names. */
export async function spdyClient(socket: Duplex, expected: readonly string[]): Promise<ClientStreams> {
  const streams = new Map<string, SpdyStream>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('the client did not open its streams')), openTimeoutMs);
  socket.on('close', () => reject(new Error('the client has gone')));
  const connection = new SpdyConnection(socket, (stream) => {
    streams.set(stream.headers.get('streamtype') ?? '', stream);
    if (expected.every((name) => streams.has(name))) resolve();
  });
  await promise.finally(() => clearTimeout(timer));
  const error = streams.get('error');
  return {
    stdin: streams.get('stdin'),
    stdout: streams.get('stdout'),
    stderr: streams.get('stderr'),
    onResize: (listener) => {
      let rest = '';
      // The sizes follow each other without separators.
      streams.get('resize')?.on('data', (chunk: Buffer) => {
        rest += chunk.toString();
        const end = rest.lastIndexOf('}') + 1;
        const last = rest.lastIndexOf('{', end);
        if (end > 0 && last !== -1) readSize(Buffer.from(rest.slice(last, end)), listener);
        rest = rest.slice(end);
      });
    },
    onClose: (listener) => socket.on('close', listener),
    finish: (status) => {
      for (const name of ['stdout', 'stderr']) streams.get(name)?.end();
      error?.end(JSON.stringify(status), () => connection.close());
      for (const stream of streams.values()) stream.resume();
    },
  };
}
