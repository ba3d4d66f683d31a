import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApiServer } from '../api/api-server.ts';
import { newCredentials } from '../api/new-credentials.ts';
import type { NodeApi } from '../api/node-api.ts';
import { StatusError } from '../api/status.ts';
import { writeKubeconfig } from '../api/write-kubeconfig.ts';
import { ObjectStore } from '../store/object-store.ts';
import { seed } from '../workloads/seed.ts';

const run = promisify(execFile);

/** A node that does not answer, because requests about objects alone must work without one. */
const unreachable = async () => {
  throw new StatusError('InternalError', 'the node does not answer');
};
const node: NodeApi = { logs: unreachable, exec: unreachable, attach: unreachable, dial: unreachable };

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Starts an API server with a namespace `shop`, without a node and without controllers. */
export async function startPracticeApi() {
  const folder = mkdtempSync(join(tmpdir(), 'practice-api-test-'));
  const credentials = await newCredentials();
  const store = new ObjectStore();
  seed(store, 'v1.33.0');
  store.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
    status: { phase: 'Active' },
  });
  const server = await startApiServer({ store, ...credentials, node, version: 'v1.33.0', port: 0 });
  writeKubeconfig(join(folder, 'config'), server.port, credentials);
  const [admin = '', viewer = ''] = credentials.users.keys();
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder };
  return {
    store,
    env,
    viewer,
    kubectl: async (...words: string[]) => (await run('kubectl', words, { env })).stdout,
    /** The error output of a kubectl command that must fail. */
    refusal: (...words: string[]) =>
      run('kubectl', words, { env }).then(
        () => assert.fail(`kubectl ${words.join(' ')} should have failed`),
        (error: { stderr: string }) => error.stderr,
      ),
    apply: (manifest: object, ...words: string[]) =>
      new Promise<string>((resolve, reject) => {
        const child = execFile('kubectl', ['apply', '-f', '-', ...words], { env }, (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
        );
        child.stdin?.end(JSON.stringify(manifest));
      }),
    /** A plain http request, without kubectl. */
    ask: (path: string, { method = 'GET', headers = {}, body }: Asking = {}) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: server.port,
            path,
            method,
            ca: credentials.tls.cert,
            headers: { authorization: `Bearer ${admin}`, ...headers },
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
      }),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function configMap(name: string, data: Record<string, string> = {}, namespace = 'default') {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}
