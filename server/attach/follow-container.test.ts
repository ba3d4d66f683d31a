import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { getPod } from '../kubernetes/pod-calls.ts';
import { channels, encodeFrame } from '../kubernetes/stream-frames.ts';
import { FakeApiServer, sendJson } from '../testing/fake-api-server.ts';
import { newTerminal } from '../testing/terminal.ts';
import { followContainer } from './follow-container.ts';

type ServerSocket = Parameters<NonNullable<FakeApiServer['onSocket']>>[0];

const pod = {
  metadata: { name: 'p', namespace: 'n', uid: 'u', resourceVersion: '1' },
  spec: { containers: [{ name: 'debugger-x', image: 'x', stdin: true, tty: true }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'debugger-x', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
  },
};

function printOn(socket: ServerSocket, text: string): void {
  socket.send(encodeFrame(channels.stdout, Buffer.from(text)));
}

test('what is typed while an attach is being refused reaches the next one, once', async () => {
  const typed: string[][] = [];
  const attaches: ServerSocket[] = [];
  const attached = [0, 1, 2].map(() => Promise.withResolvers<void>());
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') === 'true') response.writeHead(200).flushHeaders();
    else if (url.pathname.endsWith('/log')) response.end();
    else if (url.pathname.endsWith('/pods/p')) sendJson(response, pod);
    else sendJson(response, { metadata: { resourceVersion: '1' }, items: url.pathname.endsWith('/pods') ? [pod] : [] });
  });
  fake.onSocket = (socket) => {
    const mine: string[] = [];
    const number = attaches.push(socket) - 1;
    typed.push(mine);
    socket.on('message', (frame: Buffer) => {
      if (frame[0] === channels.stdin) mine.push(frame.subarray(1).toString());
    });
    attached[number]?.resolve();
  };
  const cluster = fake.cluster();
  const session = newTerminal('me');
  const over = followContainer({
    cluster,
    session,
    pod: await getPod(cluster, { namespace: 'n', pod: 'p' }),
    isNew: false,
  });
  const type = (text: string) => session.write('me', Buffer.from(text));
  try {
    await attached[0]?.promise;
    attaches[0] && printOn(attaches[0], 'first\r\n');
    await until(() => session.state.kind === 'live');
    attaches[0]?.terminate();
    // The API server says yes at once; its kubelet, which was started again, does not know the container yet.
    await attached[1]?.promise;
    const sent = type('x');
    await delay(50);
    const refusal = { status: 'Failure', message: 'container not found ("debugger-x")' };
    attaches[1]?.send(encodeFrame(channels.status, Buffer.from(JSON.stringify(refusal))));
    await attached[2]?.promise;
    attaches[2] && printOn(attaches[2], 'second\r\n');
    await sent;
    await until(() => typed.flat().length > 0);
    assert.deepEqual(typed, [[], [], ['x']]);
  } finally {
    session.close();
    await over;
    cluster.close();
  }
});

/** Checks again with every turn of the clock; the test's own time limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}
