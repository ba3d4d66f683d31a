import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ObjectStore } from '../store/object-store.ts';
import { seed } from '../workloads/seed.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { newCredentials, type PracticeCredentials } from './new-credentials.ts';
import type { NodeApi } from './node-api.ts';
import { StatusError } from './status.ts';
import { writeKubeconfig } from './write-kubeconfig.ts';

const run = promisify(execFile);
const hasKubectl = await run('kubectl', ['version', '--client']).then(
  () => true,
  () => false,
);
const needsKubectl = { skip: hasKubectl ? false : 'kubectl is not installed' };

/** A cluster whose node has gone: what concerns objects alone must work without one. */
const unreachable = async () => {
  throw new StatusError('InternalError', 'the node does not answer');
};
const node: NodeApi = { logs: unreachable, exec: unreachable, attach: unreachable, dial: unreachable };

let folder: string;
let server: ApiServer;
let credentials: PracticeCredentials;
const store = new ObjectStore();

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'practice-api-test-'));
  credentials = await newCredentials();
  seed(store, 'v1.33.0');
  server = await startApiServer({ store, ...credentials, node, version: 'v1.33.0', port: 0 });
  writeKubeconfig(join(folder, 'config'), server.port, credentials);
  for (const name of ['shop']) {
    store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      status: { phase: 'Active' },
    });
  }
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const environment = () => ({ ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder });

async function kubectl(...words: string[]): Promise<string> {
  const { stdout } = await run('kubectl', words, { env: environment() });
  return stdout;
}

async function refusal(...words: string[]): Promise<string> {
  return run('kubectl', words, { env: environment() }).then(
    () => assert.fail(`kubectl ${words.join(' ')} should have failed`),
    (error: { stderr: string }) => error.stderr,
  );
}

function apply(manifest: object, ...words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'kubectl',
      ['apply', '-f', '-', ...words],
      { env: environment() },
      (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout)),
    );
    child.stdin?.end(JSON.stringify(manifest));
  });
}

function configMap(name: string, data: Record<string, string> = {}, namespace = 'default') {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

/** A request as a program makes it, without kubectl's help. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<{ status: number; body: string }> {
  const [token = ''] = credentials.users.keys();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method,
        ca: credentials.tls.cert,
        headers: { authorization: `Bearer ${token}`, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject).end(body);
  });
}

test('kubectl finds the server and its resources', needsKubectl, async () => {
  assert.match(await kubectl('version'), /Server Version: v1\.33\.0/);
  const resources = await kubectl('api-resources');
  assert.match(resources, /^pods +po +v1 +true +Pod$/m);
  assert.match(resources, /^deployments +deploy +apps\/v1 +true +Deployment$/m);
});

test('kubectl get prints the server’s tables, wide and not, and the other formats', needsKubectl, async () => {
  assert.match(await kubectl('get', 'ns'), /^NAME +STATUS +AGE\ndefault +Active +\d+s\n(kube-.*\n)+shop +Active/);
  const pod = {
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i' }] },
  };
  await apply({ apiVersion: 'v1', kind: 'Pod', ...pod });
  assert.match(
    await kubectl('get', 'pods', '-A'),
    /^NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE\nshop +web +0\/1 +Pending +0/,
  );
  assert.match(await kubectl('-n', 'shop', 'get', 'po', 'web', '-o', 'wide'), /NODE.*\nweb .* n +/);
  assert.equal(await kubectl('-n', 'shop', 'get', 'pods', '-l', 'app=web', '-o', 'name'), 'pod/web\n');
  assert.equal(await kubectl('-n', 'shop', 'get', 'pods', '--field-selector', 'spec.nodeName=other', '-o', 'name'), '');
  assert.equal(await kubectl('-n', 'shop', 'get', 'pod', 'web', '-o', 'jsonpath={.spec.containers[0].image}'), 'i');
});

test('kubectl creates, applies, labels, annotates, patches and deletes', needsKubectl, async () => {
  await apply(configMap('settings', { a: '1' }));
  await kubectl('label', 'configmap', 'settings', 'tier=back');
  await kubectl('annotate', 'configmap', 'settings', 'note=x');
  await kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"b":"2"}}');
  await kubectl('patch', 'configmap', 'settings', '--type=json', '-p', '[{"op":"remove","path":"/data/a"}]');
  await kubectl('patch', 'configmap', 'settings', '--type=merge', '-p', '{"metadata":{"annotations":{"note":null}}}');
  const { data, metadata } = JSON.parse(await kubectl('get', 'configmap', 'settings', '-o', 'json'));
  assert.deepEqual([data, metadata.labels, metadata.annotations.note], [{ b: '2' }, { tier: 'back' }, undefined]);
  const manifest = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'applied', namespace: 'default' },
    data: { value },
  });
  assert.match(await apply(manifest('1')), /created/);
  assert.match(await apply(manifest('1')), /unchanged/);
  assert.match(await apply(manifest('2')), /configured/);
  assert.match(await apply(manifest('3'), '--dry-run=server'), /server dry run/);
  assert.equal(await kubectl('get', 'configmap', 'applied', '-o', 'jsonpath={.data.value}'), '2');
  await kubectl('delete', 'configmap', 'settings', 'applied');
  assert.match(
    await refusal('get', 'configmap', 'settings'),
    /Error from server \(NotFound\): configmaps "settings" not found/,
  );
});

test('refusals are in the real server’s words', needsKubectl, async () => {
  const created = (name: string, namespace = 'default') => apply(configMap(name, {}, namespace)).catch(String);
  assert.match(
    await created('Bad'),
    /is invalid: metadata\.name: Invalid value: "Bad": a lowercase RFC 1123 subdomain/,
  );
  await created('twice');
  const again = await ask(
    '/api/v1/namespaces/default/configmaps',
    { 'content-type': 'application/json' },
    'POST',
    JSON.stringify(configMap('twice')),
  );
  assert.match(again.body, /configmaps \\"twice\\" already exists/);
  assert.match(await created('x', 'none'), /namespaces "none" not found/);
  assert.match(
    await refusal('--context', 'practice-viewer', 'delete', 'configmap', 'twice'),
    /configmaps "twice" is forbidden: User "viewer" cannot delete resource "configmaps" in API group "" in the namespace "default"/,
  );
});

test('a viewer may look, and the server says what one may do', needsKubectl, async () => {
  assert.match(await kubectl('--context', 'practice-viewer', 'get', 'ns'), /default/);
  const [, viewer = ''] = credentials.users.keys();
  const canDelete = async (headers: Record<string, string>) => {
    const question = { spec: { resourceAttributes: { verb: 'delete', resource: 'pods' } } };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const { body } = await ask(
      path,
      { 'content-type': 'application/json', ...headers },
      'POST',
      JSON.stringify(question),
    );
    return JSON.parse(body).status.allowed;
  };
  assert.equal(await canDelete({}), true);
  assert.equal(await canDelete({ authorization: `Bearer ${viewer}` }), false);
});

test('kubectl get -w follows changes, and wait sees a condition come', needsKubectl, async () => {
  const watch = spawn('kubectl', ['get', 'configmaps', '-w', '-l', 'watched=yes', '-o', 'name'], {
    env: environment(),
  });
  const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
  await apply(configMap('seen'));
  await kubectl('label', 'configmap', 'seen', 'watched=yes');
  assert.equal((await lines.next()).value, 'configmap/seen');
  watch.kill();
  const waiting = kubectl('wait', '--for=jsonpath={.data.done}=yes', 'configmap/seen', '--timeout=20s');
  await kubectl('patch', 'configmap', 'seen', '-p', '{"data":{"done":"yes"}}');
  assert.match(await waiting, /condition met/);
});

test('lists come in pages, and each page goes on where the last one ended', async () => {
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

test('a watch begins with all there is when asked to, and says where that ends', async () => {
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

test('a version that is forgotten gets 410, and a stale update 409', async () => {
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
  const update = await ask(
    '/api/v1/namespaces/shop/secrets/old',
    { 'content-type': 'application/json' },
    'PUT',
    JSON.stringify({ metadata }),
  );
  assert.equal(update.status, 409);
  assert.match(update.body, /Operation cannot be fulfilled on secrets \\"old\\": the object has been modified/);
});

test('a group or version that is not served is answered as by the real server’s front door', async () => {
  assert.deepEqual(await ask('/apis/apps/v2/deployments'), { status: 404, body: '404 page not found\n' });
});

test('malformed requests are refused, never answered 500', async () => {
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
    const answer = await ask(path, headers, method, body);
    assert.equal(answer.status, status, `${method} ${path} ${body}: ${answer.body}`);
    assert.equal(JSON.parse(answer.body).kind, 'Status');
  }
});
