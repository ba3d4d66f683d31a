import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
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

// The time limit ends the wait for an attach that is never made.
test('what is typed while an attach is being refused reaches the next one, once', { timeout: 60_000 }, async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const typed: string[][] = [];
  const attached = [0, 1, 2].map(() => Promise.withResolvers<ServerSocket>());
  await using fake = await FakeApiServer.start((_request, response, url) => {
    if (url.searchParams.get('watch') === 'true') response.writeHead(200).flushHeaders();
    else if (url.pathname.endsWith('/log')) response.end();
    else if (url.pathname.endsWith('/pods/p')) sendJson(response, pod);
    else sendJson(response, { metadata: { resourceVersion: '1' }, items: url.pathname.endsWith('/pods') ? [pod] : [] });
  });
  fake.onSocket = (socket) => {
    const mine: string[] = [];
    const number = typed.push(mine) - 1;
    socket.on('message', (frame: Buffer) => {
      if (frame[0] === channels.stdin) mine.push(frame.subarray(1).toString());
    });
    attached[number]?.resolve(socket);
  };
  const cluster = fake.cluster();
  const session = newTerminal('me');
  const live = Promise.withResolvers<void>();
  session.observe({ output() {}, resize() {}, closed() {}, state: ({ kind }) => kind === 'live' && live.resolve() });
  const over = followContainer({
    cluster,
    session,
    pod: await getPod(cluster, { namespace: 'n', pod: 'p' }),
    isNew: false,
  });
  const type = (text: string) => session.write('me', Buffer.from(text));
  try {
    const [first, second, third] = attached.map(({ promise }) => promise);
    assert.ok(first && second && third);
    printOn(await first, 'first\r\n');
    await live.promise;
    (await first).terminate();
    // The API server says yes at once; its kubelet, which was started again, does not know the container yet.
    const refusing = await runClock(t, second);
    await roundTrip(refusing);
    const sent = type('x');
    // Input that were sent in this time would arrive before the answer.
    t.mock.timers.tick(50);
    await roundTrip(refusing);
    const refusal = { status: 'Failure', message: 'container not found ("debugger-x")' };
    refusing.send(encodeFrame(channels.status, Buffer.from(JSON.stringify(refusal))));
    const taking = await runClock(t, third);
    printOn(taking, 'second\r\n');
    await sent;
    await roundTrip(taking);
    assert.deepEqual(typed, [[], [], ['x']]);
  } finally {
    session.close();
    await over;
    cluster.close();
  }
});

/** Lets the mock clock go until this has come. It stands still otherwise: an attach then has no time to count as accepted. */
async function runClock<T>(t: TestContext, event: Promise<T>): Promise<T> {
  const stepMs = 5;
  const clock = setInterval(() => t.mock.timers.tick(stepMs), stepMs);
  return event.finally(() => clearInterval(clock));
}

/** Resolves once all that the other end has sent until now is here, as the answer to a ping comes behind it. */
async function roundTrip(socket: ServerSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}
