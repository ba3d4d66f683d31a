import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { pingIntervalMs } from '#lib/protocol/limits.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { openPortStream } from './port-stream.ts';

const port = { namespace: 'n', pod: 'p', port: 80 };
/** Each channel begins with the port. */
const announce = (socket: WebSocket) => {
  for (const channel of [0, 1]) socket.send(Buffer.from([channel, 80, 0]));
};

async function startNode(serve: (socket: WebSocket) => void): Promise<FakeApiServer> {
  const fake = await FakeApiServer.start();
  fake.subprotocol = 'v4.channel.k8s.io';
  fake.onSocket = (socket) => {
    announce(socket);
    serve(socket);
  };
  return fake;
}

test('bytes go both ways in frames of a channel, also more than one frame holds', async () => {
  await using fake = await startNode((socket) => socket.on('message', (frame: Buffer) => socket.send(frame)));
  const stream = await openPortStream(fake.cluster(), port);
  const sent = Buffer.alloc(100_000, 'abc');
  stream.write(sent);
  const got: Buffer[] = [];
  let length = 0;
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    got.push(bytes);
    length += bytes.length;
    if (length === sent.length) break;
  }
  assert.deepEqual(Buffer.concat(got), sent);
});

test('what the node says of a port where nobody listens is the error of the connection', async () => {
  await using fake = await startNode((socket) => {
    socket.send(Buffer.from('\x01connection '));
    socket.send(Buffer.from('\x01refused'));
  });
  const stream = await openPortStream(fake.cluster(), port);
  const [error] = (await once(stream, 'error')) as [Error];
  assert.equal(error.message, 'connection refused');
});

test('a connection that the other side forgot ends after a minute of silence, and not while it answers', async (t) => {
  const sockets: WebSocket[] = [];
  await using fake = await startNode((socket) => sockets.push(socket));
  t.mock.timers.enable({ apis: ['setInterval'] });
  const stream = await openPortStream(fake.cluster(), port);
  const ended = once(stream, 'error') as Promise<[Error]>;
  const pass = async (pings: number) => {
    for (let i = 0; i < pings; i++) {
      t.mock.timers.tick(pingIntervalMs);
      // The answer comes by a real network.
      await delay(30);
    }
  };
  await pass(8);
  assert.equal(stream.destroyed, false);
  sockets[0]?.pause();
  await pass(4);
  assert.equal(stream.destroyed, false);
  await pass(1);
  assert.equal((await ended)[0].message, 'the connection fell silent');
});
