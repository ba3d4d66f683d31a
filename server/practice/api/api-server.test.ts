import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPracticeApi } from '../testing/practice-api.ts';

const api = await startPracticeApi();
after(() => api[Symbol.asyncDispose]());
const { store, ask } = api;

test('lists come in pages, and each page starts where the last one ended', async () => {
  for (let i = 0; i < 5; i++)
    store.create('secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: `s${i}`, namespace: 'shop' } });
  const names: string[] = [];
  let next = '';
  do {
    const { body } = await ask(`/api/v1/namespaces/shop/secrets?limit=2&continue=${next}`);
    const page = JSON.parse(body);
    names.push(...page.items.map((item: { metadata: { name: string } }) => item.metadata.name));
    next = page.metadata.continue ?? '';
  } while (next !== '');
  assert.deepEqual(names, ['s0', 's1', 's2', 's3', 's4']);
});

test('a watch can begin with all objects, and marks where the changes begin', async () => {
  const { body } = await ask(
    '/api/v1/namespaces/shop/secrets?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1',
  );
  const events = body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    events.map((event) => event.type),
    ['ADDED', 'ADDED', 'ADDED', 'ADDED', 'ADDED', 'BOOKMARK'],
  );
  assert.equal(events.at(-1).object.metadata.annotations['k8s.io/initial-events-end'], 'true');
});

test('a watch from a forgotten version gets 410, and a stale update gets 409', async () => {
  const from = store.version;
  const { metadata } = store.create('secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'old', namespace: 'shop' },
  });
  store.update('secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata, labels: { a: 'b' } } });
  store.compact();
  const watch = await ask(`/api/v1/namespaces/shop/secrets?watch=true&resourceVersion=${from}`);
  assert.equal(JSON.parse(watch.body).object.code, 410);
  const update = await ask('/api/v1/namespaces/shop/secrets/old', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata }),
  });
  assert.equal(update.status, 409);
  assert.match(update.body, /Operation cannot be fulfilled on secrets \\"old\\": the object has been modified/);
});

test('an unknown group or version gets the real server’s plain 404', async () => {
  assert.deepEqual(await ask('/apis/apps/v2/deployments'), { status: 404, body: '404 page not found\n' });
});

test('malformed requests are refused and never get 500', async () => {
  const json = { 'content-type': 'application/json' };
  for (const [path, headers, method, body, status] of [
    ['/api/v1/pods', { authorization: 'Bearer x' }, 'GET', undefined, 401],
    ['/api/v1/pods', { authorization: 'Basic x' }, 'GET', undefined, 401],
    ['/api/v1/nothing', {}, 'GET', undefined, 404],
    ['/api/v1/namespaces/shop/pods/x/nothing', {}, 'GET', undefined, 404],
    ['/api/v1/pods?labelSelector=a%3D%28', {}, 'GET', undefined, 400],
    ['/api/v1/pods?fieldSelector=x%3Dy', {}, 'GET', undefined, 400],
    ['/api/v1/pods?continue=!', {}, 'GET', undefined, 400],
    ['/api/v1/namespaces/shop/configmaps', json, 'POST', '{', 400],
    ['/api/v1/namespaces/shop/configmaps', json, 'POST', 'null', 422],
    ['/api/v1/namespaces/shop/configmaps', json, 'POST', '{"metadata":5}', 400],
    [
      '/api/v1/namespaces/shop/configmaps',
      json,
      'POST',
      '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}',
      400,
    ],
    ['/api/v1/namespaces/shop/configmaps', json, 'PUT', '{}', 405],
    ['/api/v1/namespaces/shop/secrets/old', { 'content-type': 'text/plain' }, 'PATCH', '{}', 415],
    ['/api/v1/namespaces/shop/secrets/old', { 'content-type': 'application/json-patch+json' }, 'PATCH', '{}', 400],
    [
      '/api/v1/namespaces/shop/secrets/old',
      { 'content-type': 'application/json-patch+json' },
      'PATCH',
      '[{"op":"remove","path":"/none"}]',
      422,
    ],
    ['/api/v1/namespaces/shop/secrets/old', { 'content-type': 'application/merge-patch+json' }, 'PATCH', '[]', 400],
    ['/api/v1/namespaces/%zz/pods', {}, 'GET', undefined, 400],
  ] as const) {
    const answer = await ask(path, { method, headers, ...(body === undefined ? {} : { body }) });
    assert.equal(answer.status, status, `${method} ${path} ${body}: ${answer.body}`);
    assert.equal(JSON.parse(answer.body).kind, 'Status');
  }
});
