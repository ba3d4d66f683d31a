import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#lib/protocol/errors.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { execOutput } from './exec-output.ts';

const address = { namespace: 'shop', pod: 'web-1', container: 'web' };

test('a container that does not answer, or does not stop, is named as what failed', async () => {
  await using fake = await FakeApiServer.start();
  const cluster = fake.cluster();
  fake.onSocket = () => {};
  const error = (code: string, words: RegExp) => (thrown: unknown) =>
    thrown instanceof AppError && thrown.code === code && words.test(thrown.message) && thrown.next !== undefined;
  await assert.rejects(
    execOutput(cluster, { ...address, command: ['sh'] }, { timeoutMs: 100, maxBytes: 10 }),
    error('timeout', /^web did not answer within 0\.1 s/),
  );
  fake.onSocket = (socket) => socket.send(Uint8Array.of(1, ...Buffer.from('x'.repeat(2_000))));
  await assert.rejects(
    execOutput(cluster, { ...address, command: ['sh'] }, { timeoutMs: 10_000, maxBytes: 1_000 }),
    error('container', /^web answered with more than 1 kB/),
  );
});
