import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { container, TeamServer } from '../testing/team-server.ts';

let server: TeamServer;
before(async () => {
  server = await TeamServer.start(['ada', 'ben']);
});
after(() => server[Symbol.asyncDispose]());

test('a recording is listed, played and deleted by its owner alone', async () => {
  using ada = await server.open('ada');
  using ben = await server.open('ben');
  const { session } = await ada.ask('terminal:exec', { ...container, command: ['sh'], columns: 80, rows: 24 });
  await ada.ask('terminal:record', { session, on: true });
  await ada.ask('terminal:record', { session, on: false });
  const [recording] = await ada.ask('recordings:list', {});
  assert.equal(recording?.owner, 'ada');
  const path = `/recordings/${recording.id}.cast`;
  assert.equal((await server.fetch('ada', path)).status, 200);
  assert.equal((await server.fetch('ben', path)).status, 404);
  assert.deepEqual(await ben.ask('recordings:list', {}), []);
  await assert.rejects(ben.ask('recording:delete', { recording: recording.id }), /no such recording/);
  await ada.ask('recording:delete', { recording: recording.id });
  assert.equal((await server.fetch('ada', path)).status, 404);
  await ada.ask('terminal:close', { session });
});

test('a forward is listed and closed by its owner alone', async () => {
  using ada = await server.open('ada');
  using ben = await server.open('ben');
  const { container: _, ...pod } = container;
  const { id, owner } = await ada.ask('forward:open', { ...pod, port: 80 });
  assert.equal(owner, 'ada');
  await ben.ask('forward:close', { forward: id });
  assert.deepEqual(await ben.ask('forward:list', {}), []);
  assert.deepEqual(
    (await ada.ask('forward:list', {})).map((forward) => forward.id),
    [id],
  );
  await ada.ask('forward:close', { forward: id });
  assert.deepEqual(await ada.ask('forward:list', {}), []);
});

test('a name that is no recording’s is no page', async () => {
  for (const path of ['/recordings/x', '/recordings/..%2Fsecret.cast', '/recordings/.cast'])
    assert.equal((await server.fetch('ada', path)).status, 404, path);
});
