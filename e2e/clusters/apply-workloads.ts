import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withImages } from '../images.ts';
import { until } from '../kubernetes/process.ts';

const workloads = join(import.meta.dirname, '../workloads');

/** Puts what the tests look at into a cluster, and waits until it stands. */
export async function applyWorkloads(kubeconfig: string): Promise<void> {
  const kubectl = (...words: string[]) =>
    spawnSync('kubectl', ['--kubeconfig', kubeconfig, ...words], { encoding: 'utf8' });
  const apply = (...files: string[]) => {
    const input = files.map((file) => withImages(readFileSync(join(workloads, file), 'utf8'))).join('\n---\n');
    const { status, stderr } = spawnSync('kubectl', ['--kubeconfig', kubeconfig, 'apply', '-f', '-'], {
      encoding: 'utf8',
      input,
    });
    if (status !== 0) throw new Error(`kubectl apply failed: ${stderr}`);
  };
  apply('namespaces.yaml', 'users.yaml');
  // Pods are refused until their namespace has its default service account.
  for (const namespace of ['shop', 'secure']) {
    await until(
      `namespace ${namespace}`,
      () => kubectl('-n', namespace, 'get', 'serviceaccount', 'default').status === 0,
    );
  }
  apply('pods.yaml');
  await until(
    'the start of the workloads',
    () =>
      kubectl('-n', 'shop', 'wait', '--for=condition=Ready', 'pod', '-l', 'ready=expected', '--timeout=1s').status ===
      0,
  );
}
