import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { configMap, startPracticeApi } from '../testing/practice-api.ts';

const hasKubectl = await promisify(execFile)('kubectl', ['version', '--client']).then(
  () => true,
  () => false,
);
const needsKubectl = { skip: hasKubectl ? false : 'kubectl is not installed' };

const api = await startPracticeApi();
after(() => api[Symbol.asyncDispose]());
const { kubectl, refusal, apply, ask, env } = api;

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

test('refusals have the real server’s words', needsKubectl, async () => {
  const created = (name: string, namespace = 'default') => apply(configMap(name, {}, namespace)).catch(String);
  assert.match(
    await created('Bad'),
    /is invalid: metadata\.name: Invalid value: "Bad": a lowercase RFC 1123 subdomain/,
  );
  await created('twice');
  const again = await ask('/api/v1/namespaces/default/configmaps', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(configMap('twice')),
  });
  assert.match(again.body, /configmaps \\"twice\\" already exists/);
  assert.match(await created('x', 'none'), /namespaces "none" not found/);
  assert.match(
    await refusal('--context', 'practice-viewer', 'delete', 'configmap', 'twice'),
    /configmaps "twice" is forbidden: User "viewer" cannot delete resource "configmaps" in API group "" in the namespace "default"/,
  );
});

test('a viewer may only read, and the server tells users their rights', needsKubectl, async () => {
  assert.match(await kubectl('--context', 'practice-viewer', 'get', 'ns'), /default/);
  const canDelete = async (headers: Record<string, string>) => {
    const question = { spec: { resourceAttributes: { verb: 'delete', resource: 'pods' } } };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const { body } = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(question),
    });
    return JSON.parse(body).status.allowed;
  };
  assert.equal(await canDelete({}), true);
  assert.equal(await canDelete({ authorization: `Bearer ${api.viewer}` }), false);
});

test('kubectl get -w follows changes, and kubectl wait sees a condition become true', needsKubectl, async () => {
  const watch = spawn('kubectl', ['get', 'configmaps', '-w', '-l', 'watched=yes', '-o', 'name'], { env });
  try {
    const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
    await apply(configMap('seen'));
    await kubectl('label', 'configmap', 'seen', 'watched=yes');
    assert.equal((await lines.next()).value, 'configmap/seen');
  } finally {
    watch.kill();
  }
  const waiting = kubectl('wait', '--for=jsonpath={.data.done}=yes', 'configmap/seen', '--timeout=20s');
  await kubectl('patch', 'configmap', 'seen', '-p', '{"data":{"done":"yes"}}');
  assert.match(await waiting, /condition met/);
});
