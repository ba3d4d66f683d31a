import { Readable, Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ClientStreams } from './bridge.ts';

/** The first byte of each frame of v4.channel.k8s.io and v5.channel.k8s.io. */
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;
/** The source waits while the socket's own buffer holds more than this. */
const maxBufferedBytes = 1024 * 1024;

/** A client that speaks the channel protocol over a WebSocket. */
export function channelClient(socket: WebSocket): ClientStreams {
  const stdin = new Readable({ read: () => socket.resume() });
  let resized: (columns: number, rows: number) => void = () => {};
  socket.on('message', (frame: RawData) => {
    if (!Buffer.isBuffer(frame)) return;
    const body = frame.subarray(1);
    switch (frame[0]) {
      case channels.stdin:
        if (body.length > 0 && !stdin.readableEnded && !stdin.push(body)) socket.pause();
        break;
      case channels.resize:
        readSize(body, resized);
        break;
      case channels.close:
        // v5: the channel that the client closes, which can only be stdin.
        if (body[0] === channels.stdin) stdin.push(null);
        break;
    }
  });
  socket.on('error', () => socket.terminate());
  return {
    stdin,
    stdout: channelOutput(socket, channels.stdout),
    stderr: channelOutput(socket, channels.stderr),
    onResize: (listener) => {
      resized = listener;
    },
    onClose: (listener) => socket.on('close', listener),
    finish: (status) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.resume();
      socket.send(frameOf(channels.status, Buffer.from(JSON.stringify(status))));
      socket.close(1000);
    },
  };
}

function channelOutput(socket: WebSocket, channel: number): Writable {
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (socket.readyState !== socket.OPEN) return done();
      const isFull = socket.bufferedAmount > maxBufferedBytes;
      socket.send(frameOf(channel, chunk), isFull ? () => done() : undefined);
      if (!isFull) done();
    },
  });
  socket.on('close', () => output.destroy());
  return output;
}

function frameOf(channel: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([channel]), body]);
}

/** Reads a size such as `{"Width":80,"Height":24}`. Anything else is ignored, as by the real server. */
export function readSize(body: Buffer, resized: (columns: number, rows: number) => void): void {
  try {
    const { Width, Height }: { Width?: unknown; Height?: unknown } = JSON.parse(body.toString('utf8'));
    if (isSize(Width) && isSize(Height)) resized(Width, Height);
  } catch {
    // The body is not JSON.
  }
}

/** The kernel stores terminal sizes in 16 bits. */
function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 65_535;
}
