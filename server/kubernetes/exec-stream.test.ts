import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { WebSocket } from 'ws';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { openExecStream } from './exec-stream.ts';

const address = { namespace: 'shop', pod: 'web-1', container: 'web' };
const stdout = (text: string) => Buffer.concat([Buffer.of(1), Buffer.from(text)]);
const success = Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify({ kind: 'Status', status: 'Success' }))]);

/** What is read of a program whose connection does this. */
async function read(act: (socket: WebSocket) => void, endMark?: string): Promise<string> {
  await using fake = await FakeApiServer.start();
  fake.onSocket = act;
  const { signal } = new AbortController();
  const options = endMark === undefined ? { signal } : { signal, endMark };
  const { output } = await openExecStream(fake.cluster(), { ...address, command: ['cat'] }, options);
  let text = '';
  for await (const bytes of output) text += bytes;
  return text;
}

test('with a mark at its end the output is whole, and the program is left', async () => {
  let closed: Promise<unknown> | undefined;
  const text = await read((socket) => {
    closed = once(socket, 'close');
    for (const piece of ['one ', 'two', 'the-', 'end']) socket.send(stdout(piece));
  }, 'the-end');
  assert.equal(text, 'one two');
  await closed;
});

test('a program that exits well before its mark has come is not believed: what was on the way may be lost', async () => {
  const exits = (socket: WebSocket) => {
    socket.send(stdout('one '));
    socket.send(success);
  };
  await assert.rejects(read(exits, 'the-end'), /not all of the output came/);
  assert.equal(await read(exits), 'one ');
});
