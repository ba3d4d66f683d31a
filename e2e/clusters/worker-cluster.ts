import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient } from './api-client.ts';
import { applyWorkloads, type TestNamespaces } from './apply-workloads.ts';
import { readCurrentCluster } from './given.ts';
import { practiceLeftovers, type RunningCluster, startPracticeCluster } from './practice.ts';
import { StoryCluster } from './story-cluster.ts';
import { writeAdminConfig, writeTestConfig } from './test-config.ts';
import { testedCluster } from './tested-cluster.ts';

export interface WorkerCluster extends AsyncDisposable {
  cluster: StoryCluster;
}

/**
 * What one worker of the stories works on: a practice cluster of its own, or namespaces of its own in the real cluster
 * that KUBECONFIG names. The names differ in each run, so that no story can rely on one.
 */
export async function startWorkerCluster(): Promise<WorkerCluster> {
  const kind = testedCluster();
  const suffix = randomBytes(2).toString('hex');
  const namespaces: TestNamespaces = { shop: `shop-${suffix}`, secure: `secure-${suffix}` };
  const { kubeconfig, stop } = await (kind === 'practice'
    ? startPracticeCluster(namespaces)
    : takeNamespaces(namespaces));
  try {
    const api = await ApiClient.start(kubeconfig, dirname(kubeconfig));
    const cluster = new StoryCluster({
      kind,
      kubeconfig,
      namespace: namespaces.shop,
      restrictedNamespace: namespaces.secure,
      api,
    });
    const end = async () => {
      await api[Symbol.asyncDispose]();
      await stop();
      const left = practiceLeftovers();
      if (left.length > 0) throw new Error(`The cluster left behind:\n${left.join('\n')}`);
    };
    return { cluster, [Symbol.asyncDispose]: end };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function takeNamespaces(namespaces: TestNamespaces): Promise<RunningCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'ephemera-test-worker-'));
  const cluster = readCurrentCluster(folder);
  const admin = writeAdminConfig(folder, cluster);
  const stop = async () => {
    // The next worker has other names: it need not wait until these are gone.
    const words = ['--kubeconfig', admin, 'delete', 'namespace', ...Object.values(namespaces), '--wait=false'];
    await promisify(execFile)('kubectl', words);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await applyWorkloads(admin, namespaces);
    return { kubeconfig: writeTestConfig(folder, cluster, namespaces.shop), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
