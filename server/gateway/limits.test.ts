import assert from 'node:assert/strict';
import { test } from 'node:test';
import { container, TeamServer } from '../testing/team-server.ts';
import { callerLimits } from './caller.ts';

const { context, ...address } = container;
const log = `/logs/stream?${new URLSearchParams({ context, ...address })}`;
const size = { columns: 80, rows: 24 };

async function refusalOf(response: Response): Promise<{ status: number; code: string; message: string; next: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; next: string } };
  return { status: response.status, ...error };
}

test('too many streams at once are refused with 429, and words that say what, why and what to do', async () => {
  await using server = await TeamServer.start(['ada', 'ben'], { ...callerLimits, streams: 2 });
  const open = await Promise.all([server.fetch('ada', log), server.fetch('ada', log)]);
  assert.deepEqual(
    open.map(({ status }) => status),
    [200, 200],
  );
  assert.deepEqual(await refusalOf(await server.fetch('ada', log)), {
    status: 429,
    code: 'rate-limited',
    message: '2 logs, files and captures are being read already.',
    next: 'Close a page that reads one, then try again.',
  });
  const other = await server.fetch('ben', log);
  assert.equal(other.status, 200, 'another caller has limits of their own');
  for (const { body } of [...open, other]) await body?.cancel();
  // The server hears of it a moment later.
  let again = await server.fetch('ada', log);
  while (again.status === 429) again = await server.fetch('ada', log);
  assert.equal(again.status, 200);
  await again.body?.cancel();
});

test('too many requests over http are refused with 429 before they reach the cluster', async () => {
  const heavy = { capacity: 3, perSecond: 0.001 };
  await using server = await TeamServer.start(['ada'], {
    ...callerLimits,
    rates: { ...callerLimits.rates, heavy },
  });
  const wrong = log.replace('context=a', 'context=none');
  for (let i = 0; i < heavy.capacity; i++) assert.equal((await server.fetch('ada', wrong)).status, 502);
  assert.deepEqual(await refusalOf(await server.fetch('ada', wrong)), {
    status: 429,
    code: 'rate-limited',
    message: 'Too many requests came at once: the request for a log was not run.',
    next: 'Wait a moment, then try again.',
  });
  assert.deepEqual(server.cluster.requests, []);
});

test('another connection is no way around a caller’s limits', async () => {
  await using server = await TeamServer.start(['ada', 'ben'], {
    ...callerLimits,
    terminals: 1,
    forwards: 1,
    rates: { ...callerLimits.rates, light: { capacity: 20, perSecond: 0.001 } },
  });
  using first = await server.open('ada');
  using second = await server.open('ada');
  using other = await server.open('ben');
  const start = { ...container, command: ['sh'], ...size };
  await first.ask('terminal:exec', start);
  await assert.rejects(second.ask('terminal:exec', start), /There are 1 terminals open/);
  await other.ask('terminal:exec', start);
  const { container: _, ...pod } = container;
  await first.ask('forward:open', { ...pod, port: 80 });
  await assert.rejects(second.ask('forward:open', { ...pod, port: 81 }), /1 ports are open already/);
  assert.deepEqual(await other.ask('forward:list', {}), []);
  const answers = await Promise.all(Array.from({ length: 20 }, () => second.askAnything('cluster:list', {})));
  assert.ok(answers.some((answer) => !answer.ok && answer.error.code === 'rate-limited'));
  assert.equal((await first.askAnything('cluster:list', {})).ok, false);
  assert.equal((await other.askAnything('cluster:list', {})).ok, true);
});
