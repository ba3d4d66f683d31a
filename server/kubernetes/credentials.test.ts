import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FakeApiServer, sendJson, sendStatus } from '../testing/fake-api-server.ts';
import { openContainerStream } from './container-stream.ts';
import type { UserEntry } from './kubeconfig-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'credentials-test-'));
after(() => rmSync(folder, { recursive: true }));

/** Answers with the headers that it got; refuses the tokens in `refused`. */
function echo(refused: string[] = []) {
  return FakeApiServer.start((request, response) => {
    if (refused.includes(request.headers.authorization ?? '')) return sendStatus(response, 401, 'Unauthorized');
    return sendJson(response, request.headers);
  });
}
const call = { verb: 'list', resource: 'pods' } as const;

function plugin(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('token, token file (read anew each time), basic and impersonation become headers', async () => {
  await using fake = await echo();
  const headers = (user: object) => fake.cluster(user).request<Record<string, string>>(call);
  assert.equal((await headers({ token: 'a' }))['authorization'], 'Bearer a');
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'one\n');
  const cluster = fake.cluster({ token: 'a', tokenFile });
  assert.equal((await cluster.request<Record<string, string>>(call))['authorization'], 'Bearer one');
  writeFileSync(tokenFile, 'two\n');
  assert.equal((await cluster.request<Record<string, string>>(call))['authorization'], 'Bearer two');
  assert.equal((await headers({ username: 'u', password: 'p' }))['authorization'], `Basic ${btoa('u:p')}`);
  assert.equal((await headers({ token: 'a', as: 'jane' }))['impersonate-user'], 'jane');
});

/** A plugin that gives the tokens t1, t2 and so on, and wants to be told about the cluster. */
function countingPlugin(name: string): UserEntry {
  const count = join(folder, `${name}-count`);
  writeFileSync(count, '0');
  const command = plugin(
    name,
    `n=$(($(cat ${count})+1)); echo $n > ${count}; case "$KUBERNETES_EXEC_INFO" in *ExecCredential*) ;; *) exit 9;; esac
echo '{"kind":"ExecCredential","status":{"token":"t'$n'"}}'`,
  );
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } };
}

test('a stream whose token was refused is opened with a new one from the plugin, once', async () => {
  await using fake = await FakeApiServer.start();
  fake.onSocket = (socket) => socket.send('\x01hello');
  fake.acceptedToken = 't2';
  const cluster = fake.cluster(countingPlugin('for-streams'));
  const request = { kind: 'attach', namespace: 'shop', pod: 'p', container: 'c', stdin: true, tty: true } as const;
  const { promise, resolve } = Promise.withResolvers<string>();
  const stream = await openContainerStream(cluster, request, {
    onOutput: (bytes) => resolve(Buffer.from(bytes).toString()),
    onEnd() {},
  });
  assert.equal(await promise, 'hello');
  stream.close();
  fake.acceptedToken = 't9';
  const ignore = { onOutput() {}, onEnd() {} };
  await assert.rejects(openContainerStream(cluster, request, ignore), { code: 'credentials' });
  assert.equal(fake.requests.length, 4);
});

test('a plugin gives the token, is told about the cluster, and is asked again when it was refused', async () => {
  await using fake = await echo(['Bearer t1']);
  const cluster = fake.cluster(countingPlugin('plugin'));
  assert.equal((await cluster.request<Record<string, string>>(call))['authorization'], 'Bearer t2');
  assert.equal((await cluster.request<Record<string, string>>(call))['authorization'], 'Bearer t2');
});

test('a plugin that fails or is missing is told with its own words', async () => {
  await using fake = await echo();
  const failing = plugin('failing', 'echo "please log in" >&2; exit 1');
  const exec = (command: string) => ({ exec: { apiVersion: 'v1', command } });
  await assert.rejects(fake.cluster(exec(failing)).request(call), /gave no credentials: please log in/);
  await assert.rejects(fake.cluster(exec('no-such-plugin')).request(call), /not installed, or not in PATH/);
});
