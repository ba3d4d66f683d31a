import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { applyWorkloads, defaultNamespaces } from './apply-workloads.ts';
import { type TestCluster, writeAdminConfig, writeTestConfig } from './test-config.ts';

export interface RunningCluster {
  kubeconfig: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** Starts the product's practice cluster, empty, and the workloads of the tests in it. */
export async function startPracticeCluster(namespaces = defaultNamespaces): Promise<RunningCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'ephemera-test-practice-'));
  const nothing = join(folder, 'nothing.yaml');
  writeFileSync(nothing, '');
  const child = spawn(process.execPath, ['server/practice/main.ts', '--file', nothing], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const path = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', () => reject(new Error('the practice cluster did not start')));
    });
    folders.push(dirname(path));
    const cluster = readCluster(path, folder);
    await applyWorkloads(writeAdminConfig(folder, cluster), namespaces);
    return { kubeconfig: writeTestConfig(folder, cluster, namespaces.shop), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Folders of the clusters that were started here. */
const folders: string[] = [];

/** What is still there of the clusters that were started here: folders, processes and mounts. */
export function practiceLeftovers(): string[] {
  const isOurs = (text: string) => folders.some((folder) => text.includes(folder));
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${pid} ${readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  return [...folders.filter((folder) => existsSync(folder)), ...processes.filter(isOurs), ...mounts.filter(isOurs)];
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}

function readCluster(path: string, folder: string): TestCluster {
  const config = parse(readFileSync(path, 'utf8')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
    users: { name: string; user: { token: string } }[];
  };
  const { server = '', 'certificate-authority-data': data = '' } = config.clusters[0]?.cluster ?? {};
  const authority = join(folder, 'ca.crt');
  writeFileSync(authority, Buffer.from(data, 'base64'));
  const token = config.users.find(({ name }) => name === 'admin')?.user.token ?? '';
  return { server, authority, admin: { token } };
}
