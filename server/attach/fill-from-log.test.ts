import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { newTerminal } from '../testing/terminal.ts';
import { fillIn } from './fill-from-log.ts';

test('a log whose first request is never answered is asked for again', async () => {
  let requests = 0;
  await using api = await FakeApiServer.start((_request, response) => {
    requests += 1;
    if (requests > 1) response.end('2026-11-28T00:00:00Z missed\n');
  });
  const taken: string[] = [];
  await fillIn(
    {
      hasOutput: true,
      firstOutput: Promise.resolve(),
      takeLog: (log) => taken.push(log.toString()),
      giveUp: (why) => taken.push(`given up: ${why}`),
    },
    { cluster: api.cluster(), session: newTerminal() },
  );
  assert.equal(taken.length, 1);
  assert.match(taken[0] ?? '', /missed/);
});
