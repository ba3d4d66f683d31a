import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#lib/protocol/errors.ts';
import { leastKeptBytes } from '#lib/protocol/limits.ts';
import { deletePod, getPod } from '../kubernetes/pod-calls.ts';
import { SessionRegistry } from '../terminals/session-registry.ts';
import { FakeApiServer, sendJson, sendStatus } from '../testing/fake-api-server.ts';
import { startDebugger } from './start-debugger.ts';

const request = {
  kind: 'ephemeral' as const,
  context: 'fake',
  namespace: 'shop',
  pod: 'cart',
  image: 'busybox:1.36',
  profile: 'general' as const,
  columns: 80,
  rows: 24,
};
const owner = { id: 'me', limits: { terminals: 1 } };
const running = {
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { containers: [{ name: 'web', image: 'x' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'web', state: { running: {} } }] },
};

async function refusal(pod: object | undefined, change: object = {}): Promise<{ error: AppError; requests: string[] }> {
  await using fake = await FakeApiServer.start((_request, response) => {
    if (pod === undefined) sendStatus(response, 404, 'pods "cart" not found');
    else sendJson(response, pod);
  });
  const registry = new SessionRegistry(leastKeptBytes, { onChanged() {}, onClosed() {} });
  const error = await startDebugger(
    { cluster: fake.cluster(), sessions: registry, owner },
    { ...request, ...change },
  ).then(
    () => assert.fail('should have been refused'),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof AppError);
  assert.deepEqual([...registry.sessions], []);
  return { error, requests: fake.requests };
}

test('an unknown target is refused by name, with the ones that there are, and nothing is changed', async () => {
  const { error, requests } = await refusal(running, { target: 'wbe' });
  assert.equal(error.message, 'Pod shop/cart has no container wbe to target.');
  assert.equal(error.next, 'It has web.');
  assert.deepEqual(requests, ['GET /api/v1/namespaces/shop/pods/cart']);
});

test('an invalid image never reaches the cluster', async () => {
  const { error, requests } = await refusal(running, { image: 'Bad' });
  assert.equal(error.code, 'invalid');
  assert.match(error.message, /lower case/);
  assert.deepEqual(requests, []);
});

test('a pod that is gone, finished or being deleted is refused with what to do', async () => {
  assert.match((await refusal(undefined)).error.message, /Pod shop\/cart is gone/);
  const finished = await refusal({ ...running, status: { phase: 'Succeeded' } });
  assert.match(finished.error.message, /has finished/);
  const deleted = await refusal({
    ...running,
    metadata: { ...running.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
  });
  assert.match(deleted.error.message, /is being deleted/);
});

test('the patch is a strategic merge of the new container alone, without stdinOnce', async () => {
  let patch: { type: string | undefined; body: string } | undefined;
  await using fake = await FakeApiServer.start((incoming, response) => {
    if (incoming.method !== 'PATCH') return sendJson(response, running);
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    return incoming.on('end', () => {
      patch = { type: incoming.headers['content-type'], body };
      sendJson(response, running);
    });
  });
  const registry = new SessionRegistry(leastKeptBytes, { onChanged() {}, onClosed() {} });
  const { session } = await startDebugger(
    { cluster: fake.cluster(), sessions: registry, owner },
    {
      ...request,
      target: 'web',
      command: ['sh', '-l'],
    },
  );
  registry.close(session?.id ?? '');
  assert.equal(patch?.type, 'application/strategic-merge-patch+json');
  const { spec } = JSON.parse(patch.body);
  assert.deepEqual(Object.keys(spec), ['ephemeralContainers']);
  const { name, ...container } = spec.ephemeralContainers[0];
  assert.match(name, /^debugger-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  assert.deepEqual(container, {
    image: 'busybox:1.36',
    command: ['sh', '-l'],
    stdin: true,
    tty: true,
    terminationMessagePolicy: 'File',
    targetContainerName: 'web',
    securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
  });
});

test('a pod is deleted with what a delete says, and the connection goes on', async () => {
  const bodies: string[] = [];
  await using fake = await FakeApiServer.start((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      bodies.push(body);
      sendJson(response, running);
    });
  });
  const cluster = fake.cluster();
  await deletePod(cluster, { namespace: 'shop', pod: 'cart' }, 1);
  await getPod(cluster, { namespace: 'shop', pod: 'cart' });
  assert.deepEqual(fake.requests, [
    'DELETE /api/v1/namespaces/shop/pods/cart',
    'GET /api/v1/namespaces/shop/pods/cart',
  ]);
  assert.deepEqual(bodies, ['{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":1}', '']);
});
