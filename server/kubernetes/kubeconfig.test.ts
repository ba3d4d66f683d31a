import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AppError } from '#lib/protocol/errors.ts';
import { loadKubeconfig } from './kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-test-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, yaml: string): string {
  const path = join(folder, name);
  writeFileSync(path, yaml);
  return path;
}

const config = (name: string, server: string, current?: string) => `
apiVersion: v1
kind: Config
${current ? `current-context: ${current}` : ''}
clusters: [{name: ${name}, cluster: {server: "${server}", certificate-authority: ca.crt}}]
users: [{name: ${name}, user: {token: t-${server.length}, client-key: /abs/key}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: shop}}]
`;

const a = file('a', config('one', 'https://a'));
const b = file('b', config('one', 'https://bb', 'one'));
const c = file('c', config('two', 'https://ccc', 'two'));

function failure(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof AppError);
    return error;
  }
  return assert.fail('should have thrown');
}

test('the first of several files wins, its current context too, and missing files are skipped', () => {
  const merged = loadKubeconfig({ env: { KUBECONFIG: [join(folder, 'none'), a, b, c].join(':') } });
  assert.equal(merged.clusters.get('one')?.server, 'https://a');
  assert.equal(merged.currentContext, 'one');
  assert.deepEqual([...merged.contexts.keys()], ['one', 'two']);
  assert.deepEqual(merged.sources, [a, b, c]);
});

test('paths are relative to the file that they stand in', () => {
  const merged = loadKubeconfig({ file: a, env: {} });
  assert.equal(merged.clusters.get('one')?.['certificate-authority'], join(folder, 'ca.crt'));
  assert.equal(merged.users.get('one')?.['client-key'], '/abs/key');
});

test('--kubeconfig wins over KUBECONFIG and must exist', () => {
  assert.equal(loadKubeconfig({ file: c, env: { KUBECONFIG: a } }).currentContext, 'two');
  assert.equal(failure(() => loadKubeconfig({ file: join(folder, 'none'), env: {} })).code, 'no-kubeconfig');
});

test('without any kubeconfig it says where it looked and what to do', () => {
  const error = failure(() => loadKubeconfig({ env: { HOME: folder } }));
  assert.equal(error.code, 'no-kubeconfig');
  assert.match(error.message, /\.kube\/config/);
  assert.match(error.next ?? '', /KUBECONFIG/);
});

test('broken YAML names the file and the line', () => {
  const broken = file('broken', 'clusters:\n  - name: x\n   cluster: [');
  const error = failure(() => loadKubeconfig({ file: broken, env: {} }));
  assert.equal(error.code, 'bad-kubeconfig');
  assert.match(error.message, /broken.*line \d/s);
});

test('a wrong shape names the place', () => {
  const wrong = file('wrong', 'clusters: [{name: x, cluster: {server: 5}}]');
  const error = failure(() => loadKubeconfig({ file: wrong, env: {} }));
  assert.match(error.message, /clusters\.0\.cluster\.server/);
});

test('an exec command with a slash is a path, a bare word is not', () => {
  const exec = (command: string) =>
    loadKubeconfig({
      file: file('exec', `users: [{name: u, user: {exec: {apiVersion: v1, command: ${command}}}}]`),
      env: {},
    }).users.get('u')?.exec?.command;
  assert.equal(exec('./plugin'), join(folder, 'plugin'));
  assert.equal(exec('aws'), 'aws');
});
