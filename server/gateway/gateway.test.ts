import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { maxRequestBytes, protocolVersion } from '#lib/protocol/limits.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import { BrowserConnection } from '../testing/browser-connection.ts';
import { testConfig } from '../testing/test-config.ts';
import { pageRates } from './meter.ts';

let folder: string;
let server: RunningServer;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  mkdirSync(join(folder, 'site', '_next'), { recursive: true });
  writeFileSync(join(folder, 'site', 'index.html'), '<p>x</p>');
  writeFileSync(join(folder, 'config'), 'contexts: [{name: a, context: {cluster: none, user: u}}]\n');
  const config = testConfig(join(folder, 'data'), { kubeconfig: join(folder, 'config') });
  server = await startServer(config, join(folder, 'site'), createLog('silent'));
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function connect(): Promise<BrowserConnection> {
  return BrowserConnection.open({ url: server.url, reconnects: false });
}

async function errorOf(socket: BrowserConnection, name: string, request: unknown): Promise<string> {
  const reply = await socket.askAnything(name, request);
  return reply.ok ? 'ok' : `${reply.error.code}: ${reply.error.message}`;
}

test('a tab of the same version is welcome, another is told to reload', async () => {
  using socket = await connect();
  assert.deepEqual(await socket.askAnything('session:hello', { protocol: protocolVersion }), {
    ok: true,
    value: { protocol: protocolVersion },
  });
  assert.match(await errorOf(socket, 'session:hello', { protocol: 0 }), /^outdated/);
});

test('what does not fit its schema is refused before anything runs', async () => {
  using socket = await connect();
  const pod = { context: 'a', namespace: 'n', pod: 'p' };
  for (const [name, request] of [
    ['session:hello', undefined],
    ['session:hello', 'x'],
    ['session:hello', { protocol: 1, more: true }],
    ['pods:watch', { subscription: '../x', context: 'a' }],
    ['pod:watch', { ...pod, subscription: 's', pod: '../../other/pods/v' }],
    ['namespaces:probe', { ...pod, namespace: 'a/b' }],
    ['debug:start', { ...pod, image: 'x', profile: 'root', columns: 80, rows: 24 }],
    ['debug:start', { ...pod, image: 'x', profile: 'general', columns: 1e9, rows: 24 }],
    ['terminal:open', { session: 'x', from: 0 }],
    ['terminal:input', { session: crypto.randomUUID(), bytes: 'text' }],
    ['terminal:input', { session: crypto.randomUUID(), bytes: Buffer.alloc(20_000) }],
    ['terminal:resize', { session: crypto.randomUUID(), columns: -1, rows: 1 }],
  ] as const) {
    assert.match(await errorOf(socket, name, request), /^invalid: The request/, `${name} ${JSON.stringify(request)}`);
  }
});

test('errors name the thing: a context without its cluster, a terminal that is not there', async () => {
  using socket = await connect();
  assert.match(
    await errorOf(socket, 'pods:watch', { subscription: 's', context: 'a' }),
    /^bad-kubeconfig: Context a names cluster none/,
  );
  assert.match(
    await errorOf(socket, 'pods:watch', { subscription: 's', context: 'b' }),
    /^unknown-context: The kubeconfig has no context b/,
  );
  assert.match(
    await errorOf(socket, 'terminal:open', { session: crypto.randomUUID(), from: 0 }),
    /^gone: This terminal was closed/,
  );
});

test('a request without a place for the answer does no harm, and unknown ones are not heard', async () => {
  using socket = await connect();
  socket.socket.emit('cluster:list', {});
  socket.socket.emit('session:hello', { protocol: 1 }, 'not a function');
  socket.socket.emit('__proto__', {});
  socket.socket.emit('constructor', {});
  assert.equal((await socket.askAnything('cluster:list', {})).ok, true);
});

test('a flood is slowed down, with words', async (t) => {
  // The clock of the rate limits stands still: on a slow machine they would allow more with each second that the flood takes.
  const now = performance.now();
  t.mock.method(performance, 'now', () => now);
  const tooMany = 200;
  const flood = pageRates.light.capacity + tooMany;
  using socket = await connect();
  const answers = await Promise.all(Array.from({ length: flood }, () => errorOf(socket, 'cluster:list', {})));
  const refused = answers.filter((answer) => answer.startsWith('rate-limited'));
  assert.equal(refused.length, tooMany);
  assert.equal(answers.filter((answer) => answer === 'ok').length, pageRates.light.capacity);
});

test('a frame over the limit ends that connection, and no other', async () => {
  using other = await connect();
  using socket = await connect();
  const ended = new Promise((resolve) => socket.socket.on('disconnect', resolve));
  socket.socket.emit('cluster:list', { x: 'y'.repeat(maxRequestBytes) });
  await ended;
  assert.equal((await other.askAnything('cluster:list', {})).ok, true);
});
