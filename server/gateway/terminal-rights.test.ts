import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserConnection } from '../testing/browser-connection.ts';
import { container, TeamServer } from '../testing/team-server.ts';

let server: TeamServer;
/** What has arrived at the shells, by the order in which they were started. */
const typed: string[] = [];

before(async () => {
  server = await TeamServer.start(['ada', 'ben']);
  server.cluster.onSocket = (socket) => {
    const shell = typed.push('') - 1;
    socket.on('message', (data) => {
      const frame = data as Buffer;
      // Channel 0 is the input; 4 is the size.
      if (frame[0] === 0) typed[shell] += frame.subarray(1).toString();
    });
  };
});
after(() => server[Symbol.asyncDispose]());

const size = { columns: 80, rows: 24 };
const x = Buffer.from('x');

async function startShell(page: BrowserConnection): Promise<string> {
  const live = Promise.withResolvers<void>();
  page.listen('terminal:changed', ({ state }) => state.kind === 'live' && live.resolve());
  const { session } = await page.ask('terminal:exec', { ...container, command: ['sh'], ...size });
  await live.promise;
  return session;
}

async function errorOf(page: BrowserConnection, name: string, request: object): Promise<string> {
  const reply = await page.askAnything(name, request);
  return reply.ok ? 'ok' : `${reply.error.code}: ${reply.error.message}`;
}

/** All that changes a terminal. */
async function tryAll(page: BrowserConnection, session: string): Promise<string[]> {
  const answers: string[] = [];
  for (const [name, more] of [
    ['terminal:input', { bytes: x }],
    ['terminal:resize', { columns: 10, rows: 10 }],
    ['terminal:record', { on: true }],
    ['terminal:end', {}],
  ] as const)
    answers.push(await errorOf(page, name, { session, ...more }));
  return answers;
}

async function summaryOf(page: BrowserConnection, session: string) {
  const summary = (await page.ask('terminal:list', {})).find((one) => one.session === session);
  return summary && { state: summary.state.kind, recording: summary.recording.kind };
}

test('a page that never opened a terminal can’t type, resize, record or end it, though it knows its id', async () => {
  using owner = await server.open('ada');
  using stranger = await server.open('ada');
  const session = await startShell(owner);
  const shell = typed.length - 1;
  const refused = 'forbidden: This page has not opened this terminal.';
  assert.deepEqual(await tryAll(stranger, session), [refused, refused, refused, refused]);
  assert.deepEqual(await summaryOf(owner, session), { state: 'live', recording: 'off' });
  assert.equal(await errorOf(owner, 'terminal:input', { session, bytes: x }), 'ok');
  assert.equal(typed[shell], 'x');
  await stranger.ask('terminal:open', { session, from: 0 });
  await owner.ask('terminal:leave', { session });
  assert.equal(await errorOf(stranger, 'terminal:input', { session, bytes: x }), 'ok', 'who has opened it can');
  await stranger.ask('terminal:close', { session });
});

test('a page that came to watch can’t type, resize, record or end the terminal: not after it left, not opened again', async () => {
  using owner = await server.open('ada');
  using watcher = await server.open('ada');
  const session = await startShell(owner);
  const shell = typed.length - 1;
  const { watch } = await owner.ask('terminal:share', { session });
  const refused = 'conflict: This page only watches this terminal.';
  await watcher.ask('terminal:open', { session, from: 0, watch });
  assert.deepEqual(await tryAll(watcher, session), [refused, refused, refused, refused]);
  await watcher.ask('terminal:leave', { session });
  const left = 'forbidden: This page has not opened this terminal.';
  assert.deepEqual(await tryAll(watcher, session), [left, left, left, left]);
  await watcher.ask('terminal:open', { session, from: 0 });
  assert.deepEqual(await tryAll(watcher, session), [refused, refused, refused, refused]);
  assert.equal(await errorOf(watcher, 'terminal:close', { session }), refused);
  assert.equal(await errorOf(watcher, 'terminal:share', { session }), refused);
  assert.deepEqual(await summaryOf(owner, session), { state: 'live', recording: 'off' });
  assert.equal(typed[shell], '');
  await owner.ask('terminal:close', { session });
});

test('what a page sends in one breath with the opening has the right that the opening gives', async () => {
  using owner = await server.open('ada');
  using other = await server.open('ada');
  const session = await startShell(owner);
  await owner.ask('terminal:leave', { session });
  const answers = await Promise.all([
    errorOf(other, 'terminal:open', { session, from: 0 }),
    errorOf(other, 'terminal:resize', { session, columns: 100, rows: 30 }),
    errorOf(other, 'terminal:input', { session, bytes: x }),
  ]);
  assert.deepEqual(answers, ['ok', 'ok', 'ok']);
  await other.ask('terminal:close', { session });
});

test('another caller’s terminal is not there, but for who has a link to watch it', async () => {
  using ada = await server.open('ada');
  using ben = await server.open('ben');
  const heard: string[] = [];
  ben.listen('terminal:changed', (summary) => heard.push(summary.session));
  const session = await startShell(ada);
  const gone = 'gone: This terminal was closed.';
  for (const name of ['terminal:open', 'terminal:close', 'terminal:share'])
    assert.equal(await errorOf(ben, name, { session, ...(name === 'terminal:open' && { from: 0 }) }), gone, name);
  assert.deepEqual([await ben.ask('terminal:list', {}), heard], [[], []]);

  const { watch } = await ada.ask('terminal:share', { session });
  assert.equal((await ben.ask('terminal:list', { watch }))[0]?.session, session);
  const audience = new Promise<{ viewers: { readOnly: boolean }[] }>((resolve) =>
    ben.listen('terminal:audience', resolve),
  );
  await ben.ask('terminal:open', { session, from: 0, watch });
  assert.deepEqual(
    (await audience).viewers.map(({ readOnly }) => readOnly),
    [true],
  );
  const closed = new Promise<{ session: string }>((resolve) => ben.listen('terminal:closed', resolve));
  await ada.ask('terminal:close', { session });
  assert.equal((await closed).session, session);
});

test('a token that was changed, or made for another terminal, lets nobody watch', async () => {
  using ada = await server.open('ada');
  using ben = await server.open('ben');
  const [one, other] = [await startShell(ada), await startShell(ada)];
  const { watch } = await ada.ask('terminal:share', { session: one });
  const [, proof = ''] = watch.split('.');
  for (const wrong of [`${other}.${proof}`, `${one}.${proof.slice(0, -2)}AA`, one, `${one}.`, `${watch}x`, '']) {
    const answer = await errorOf(ben, 'terminal:open', { session: one, from: 0, watch: wrong });
    assert.match(answer, /^forbidden: This link does not let/, wrong);
  }
  assert.match(await errorOf(ben, 'terminal:open', { session: other, from: 0, watch }), /^forbidden/);
  for (const session of [one, other]) await ada.ask('terminal:close', { session });
});
