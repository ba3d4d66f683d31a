import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { FaultProxy, type faults } from '#e2e/fault-proxy.ts';
import { TerminalFeed } from '#lib/terminal/terminal-feed.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import { BrowserConnection } from '../testing/browser-connection.ts';
import { FakeApiServer, sendJson } from '../testing/fake-api-server.ts';
import { testConfig } from '../testing/test-config.ts';

/** All that can happen to a connection but silence, which is noticed after half a minute only. */
const kinds: (typeof faults)[number][] = ['delay', 'bytewise', 'stall', 'cut', 'reset'];
/** At least so many; lines come until the connection has broken often enough. */
const lines = 1_500_000;
const leastBreaks = 3;
/** As fast as a log is read, slow enough for a dozen faults on the way. */
const pause = { everyBytes: 64 * 1024, ms: 20 };

let folder: string;
let cluster: FakeApiServer;
let server: RunningServer;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faults-test-'));
  mkdirSync(join(folder, 'site', '_next'), { recursive: true });
  writeFileSync(join(folder, 'site', 'index.html'), '<p>x</p>');
  cluster = await FakeApiServer.start((_request, response) => sendJson(response, pod));
  cluster.onSocket = (socket) => void pour(socket);
  const kubeconfig = join(folder, 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: cluster.url } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
    }),
  );
  const config = testConfig(join(folder, 'data'), {
    kubeconfig,
    // More than is poured: then nothing may be left out, however long a connection is away.
    keptBytes: 16 * 1024 * 1024,
  });
  server = await startServer(config, join(folder, 'site'), createLog('silent'));
});
after(async () => {
  await server.close();
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const pod = {
  metadata: { name: 'p', namespace: 'n', uid: 'u' },
  spec: { containers: [{ name: 'c', image: 'i' }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'c', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
  },
};

/** What the test that runs has seen of its connection, and the last line that is poured for it. */
let flood = { breaks: 0, last: Number.POSITIVE_INFINITY };

/** Numbered lines on channel 1, as `seq` prints them in a terminal. */
async function pour(socket: Parameters<NonNullable<FakeApiServer['onSocket']>>[0]): Promise<void> {
  let text = '';
  for (let line = 1; ; line++) {
    const isLast = line >= lines && flood.breaks >= leastBreaks;
    if (isLast) flood.last = line;
    text += `${line}\r\n`;
    if (text.length < pause.everyBytes && line < lines && !isLast) continue;
    socket.send(Buffer.from(`\x01${text}`));
    text = '';
    if (isLast) return;
    await delay(pause.ms);
  }
}

for (const seed of [1, 2, 3]) {
  test(`each byte of a flood arrives once and in order through the faults of seed ${seed}`, async (t) => {
    await using proxy = await FaultProxy.start({ host: '127.0.0.1', port: Number(new URL(server.url).port) }, seed);
    using page = await BrowserConnection.open({ url: server.url, port: proxy.port });
    flood = { breaks: 0, last: Number.POSITIVE_INFINITY };
    let next = 1;
    let rest = '';
    const done = Promise.withResolvers<void>();
    const { session } = await (await page.hello()).ask('terminal:exec', {
      context: 'a',
      namespace: 'n',
      pod: 'p',
      container: 'c',
      command: ['seq'],
      columns: 80,
      rows: 24,
    });
    const feed = new TerminalFeed({
      connection: page,
      session,
      sink: {
        draw(bytes, drawn) {
          const numbers = (rest + Buffer.from(bytes).toString('latin1')).split('\r\n');
          rest = numbers.pop() ?? '';
          for (const number of numbers) {
            if (number !== String(next)) done.reject(new Error(`${number} came where ${next} was due`));
            next += 1;
          }
          drawn();
          if (next > flood.last) done.resolve();
        },
        redraw: () => done.reject(new Error('nothing may be left out here')),
      },
    });
    page.onReconnect(() => {
      flood.breaks += 1;
      feed.open().catch(() => {
        // Broken again: the next connection opens it.
      });
    });
    await feed.open();
    const calm = new AbortController();
    const torment = proxy.torment(kinds, 400, calm.signal);
    try {
      await done.promise;
    } finally {
      calm.abort();
      await torment;
    }
    t.diagnostic(`${flood.breaks} breaks in ${flood.last} lines`);
    assert.ok(flood.breaks >= leastBreaks);
    await page.ask('terminal:close', { session }).catch(() => {});
  });
}
