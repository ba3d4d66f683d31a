import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyWorkloads, defaultNamespaces } from './apply-workloads.ts';
import type { RunningCluster } from './practice.ts';
import { type TestCluster, writeAdminConfig, writeTestConfig } from './test-config.ts';

/**
 * The cluster of the current context of KUBECONFIG, which must be a disposable one: the workloads of the tests go into
 * namespaces that must not exist yet, and that are deleted in the end. The images of the tests must be where
 * EPHEMERA_TEST_REGISTRY says.
 */
export async function useGivenCluster(): Promise<RunningCluster> {
  for (const name of Object.values(defaultNamespaces)) requireNoNamespace(name);
  const folder = mkdtempSync(join(tmpdir(), 'ephemera-test-given-'));
  const cluster = readCurrentCluster(folder);
  const admin = writeAdminConfig(folder, cluster);
  const stop = async () => {
    // Those of the workers too.
    kubectl('--kubeconfig', admin, 'delete', 'namespace', '-l', 'ephemera-test', '--timeout=120s');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await applyWorkloads(admin);
    return { kubeconfig: writeTestConfig(folder, cluster), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function kubectl(...words: string[]): string {
  return execFileSync('kubectl', words, { encoding: 'utf8' });
}

function requireNoNamespace(name: string): void {
  if (kubectl('get', 'namespace', name, '--ignore-not-found', '-o', 'name') === '') return;
  throw new Error(
    `The cluster has a namespace ${name} already. The tests would change and delete it: use another cluster, or delete it first.`,
  );
}

/** The cluster of the current context; its authority's certificate is written into the folder. */
export function readCurrentCluster(folder: string): TestCluster {
  const config = JSON.parse(kubectl('config', 'view', '--minify', '--flatten', '--raw', '-o', 'json')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
    users: { user: Record<string, unknown> }[];
  };
  const { server = '', 'certificate-authority-data': data } = config.clusters[0]?.cluster ?? {};
  if (data === undefined) throw new Error('the cluster’s entry in the kubeconfig has no certificate-authority');
  const authority = join(folder, 'ca.crt');
  writeFileSync(authority, Buffer.from(data, 'base64'));
  return { server, authority, admin: config.users[0]?.user ?? {} };
}
