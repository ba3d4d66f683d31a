import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { noEnvironment } from '../runtime/tools.ts';
import { appTree } from './app-tree.ts';
import type { ClusterConfig, ClusterReady } from './cluster-config.ts';
import { makeFolder, removeFolder, sweepFolders } from './folder.ts';

export interface PracticeOptions {
  port: number;
  manifests: ClusterConfig['manifests'];
}

export interface PracticeCluster extends ClusterReady {
  kubeconfig: string;
  /** Resolves when the cluster has ended, by itself or by `close`. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** The version of Kubernetes that the practice cluster follows. */
const version = 'v1.33.0';
/**
 * A cluster that root starts gives its containers their own user ids, so nothing on the host belongs to them. The range
 * is above the ranges of systemd and /etc/subuid (both end below 2^31 * 7/8).
 */
const firstId = 1_900_000_000;
const idCount = 65_536;
const root = join(import.meta.dirname, '../../..');
const app = appTree(root);

/** Starts a practice cluster in its own machine: a set of namespaces that always ends with it. */
export async function startPractice({ port, manifests }: PracticeOptions): Promise<PracticeCluster> {
  sweepFolders();
  const folder = makeFolder();
  const spawning = spawnMachine(folder);
  // Loading the certificate library takes as long as making the machine, so both happen side by side.
  const [{ newCredentials }, { writeKubeconfig }] = await Promise.all([
    import('../api/new-credentials.ts'),
    import('../api/write-kubeconfig.ts'),
  ]);
  const [child, credentials] = await Promise.all([spawning, newCredentials()]);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      removeFolder(folder);
      resolve();
    });
  });
  const users = [...credentials.users].map(([token, user]) => ({ token, ...user }));
  const config: ClusterConfig = { tls: credentials.tls, users, port, version, manifests };
  child.stdin?.on('error', () => {
    // The child has ended, and `ended` reports it.
  });
  child.stdin?.write(`${JSON.stringify(config)}\n`);
  const ready = await readReady(child);
  const kubeconfig = join(folder, 'kubeconfig');
  writeKubeconfig(kubeconfig, ready.port, credentials);
  const close = async () => {
    child.stdin?.end();
    await ended;
  };
  return { ...ready, kubeconfig, ended, close };
}

async function spawnMachine(folder: string): Promise<ChildProcess> {
  const tree = join(folder, 'root');
  const data = join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  const modules = moduleCache(isRoot);
  const holder = isRoot ? await holdUserNamespace(data) : undefined;
  const dieWithUs = ['setpriv', '--pdeathsig', 'KILL'];
  const own = ['--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'];
  const command = [
    ...dieWithUs,
    'unshare',
    ...(isRoot ? [] : ['--user', '--map-root-user']),
    ...['--mount', '--propagation', 'private', 'sh', join(import.meta.dirname, 'enter.sh'), tree, data, modules],
    ...[app.folder, app.names.join(' '), process.execPath],
    ...(holder ? ['nsenter', '--user', '--target', String(holder.pid), '--setuid', '0', '--setgid', '0'] : []),
    // Changing the user cleared the first pdeathsig.
    ...dieWithUs,
    'unshare',
    ...(isRoot ? [] : ['--user', '--map-root-user']),
    ...own,
    // By its path below the tree: root of the machine may have no right to the folders above the project.
    ...['sh', join(tree, '/app', app.project, 'server/practice/machine/init.sh'), tree, modules],
    // A small young generation saves 60 MB while a container prints a gigabyte (measured), and costs no time.
    ...[
      '/app/node',
      '--no-warnings',
      '--max-semi-space-size=2',
      join('/app', app.project, `server/practice/practice-cluster${extname(import.meta.filename)}`),
    ],
  ];
  const [program = '', ...words] = command;
  const path = `/usr/sbin:/usr/bin:/sbin:/bin:${process.env['PATH'] ?? ''}`;
  const env = { ...noEnvironment, PATH: path };
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'], env });
  if (holder) {
    child.stdout?.once('data', () => holder.kill('SIGKILL'));
    child.once('close', () => holder.kill('SIGKILL'));
  }
  return child;
}

/** Root only: starts a process in a new user namespace with its own ids, which other processes then enter. */
async function holdUserNamespace(data: string): Promise<ChildProcess> {
  chownSync(data, firstId, firstId);
  // The folder's owner inside the namespace differs from the owner outside, who made the folder around it.
  chmodSync(join(data, '..'), 0o711);
  const holder = spawn('unshare', ['--user', 'sh', '-c', 'echo ready; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once('data', () => resolve());
    holder.once('exit', () => reject(new Error('the user namespace of the practice cluster could not be made')));
  });
  for (const map of ['uid_map', 'gid_map']) writeFileSync(`/proc/${holder.pid}/${map}`, `0 ${firstId} ${idCount}\n`);
  return holder;
}

/**
 * The project's folder for the cluster's compiled modules, which save 0.2 s of its start (measured). It belongs to the
 * machine's root, and leaves the machine's reach before any container starts. '' if the project is not writable and the
 * folder does not exist.
 */
function moduleCache(isRoot: boolean): string {
  const folder = join(root, 'node_modules/.cache/practice');
  try {
    mkdirSync(folder, { recursive: true });
    if (isRoot) chownSync(folder, firstId, firstId);
  } catch {
    // The project belongs to another user.
  }
  return existsSync(folder) ? folder : '';
}

function readReady(child: ChildProcess): Promise<ClusterReady> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the practice cluster has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => {
      const ready: ClusterReady = JSON.parse(line);
      resolve(ready);
    });
    child.once('close', () => reject(new Error('the practice cluster ended before it listened')));
  });
}
