import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withImages } from '../images.ts';

const workloads = join(import.meta.dirname, '../workloads');

/** Where the workloads go. */
export interface TestNamespaces {
  shop: string;
  /** Enforces the restricted Pod Security Standard. */
  secure: string;
}

export const defaultNamespaces: TestNamespaces = { shop: 'shop', secure: 'secure' };

/** Puts what the tests look at into a cluster, and waits until it stands. */
export async function applyWorkloads(kubeconfig: string, namespaces = defaultNamespaces): Promise<void> {
  const run = (words: string[], input = '') => kubectl(['--kubeconfig', kubeconfig, ...words], input);
  const manifests = (...files: string[]) =>
    files
      .map((file) => withImages(readFileSync(join(workloads, file), 'utf8')))
      .join('\n---\n')
      .replaceAll('<shop>', namespaces.shop)
      .replaceAll('<secure>', namespaces.secure);
  const apply = async (...files: string[]) => {
    const { status, stderr } = await run(['apply', '-f', '-'], manifests(...files));
    if (status !== 0) throw new Error(`kubectl apply failed: ${stderr}`);
  };
  await apply('namespaces.yaml', 'users.yaml');
  // Pods are refused until their namespace has its default service account.
  for (const namespace of Object.values(namespaces))
    await waitFor(`namespace ${namespace}`, () => run(['-n', namespace, 'get', 'serviceaccount', 'default']));
  await apply('pods.yaml');
  await waitFor('the start of the workloads', () =>
    run(['-n', namespaces.shop, 'wait', '--for=condition=Ready', 'pod', '-l', 'ready=expected', '--timeout=60s']),
  );
}

interface Ended {
  status: number;
  stderr: string;
}

function kubectl(words: string[], input: string): Promise<Ended> {
  const child = spawn('kubectl', words, { stdio: ['pipe', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ status: code ?? 1, stderr })),
  );
}

/** Asks again until kubectl succeeds: pods of a Deployment are made a moment after it. */
async function waitFor(what: string, ask: () => Promise<Ended>): Promise<void> {
  // A node that pulls nothing starts ten pods in seconds; one pod has to fail once and wait ten seconds before it is ready.
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { status, stderr } = await ask();
    if (status === 0) return;
    if (Date.now() > deadline) throw new Error(`${what} did not happen: ${stderr}`);
    await delay(100);
  }
}
