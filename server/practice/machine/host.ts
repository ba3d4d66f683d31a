import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { appTree } from './app-tree.ts';
import type { ClusterConfig, ClusterReady } from './cluster-config.ts';
import { makeFolder, removeFolder, sweepFolders } from './folder.ts';

export interface PracticeOptions {
  port: number;
  manifests: ClusterConfig['manifests'];
}

export interface PracticeCluster extends ClusterReady {
  kubeconfig: string;
  /** Resolves when the cluster has ended, by itself or because it was told to. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** The version of Kubernetes that the practice cluster follows. */
const version = 'v1.33.0';
/**
 * Root's containers get user ids of their own, so that nothing of the host belongs to them. The range is above those
 * that systemd and /etc/subuid give away (both end below 2^31 * 7/8).
 */
const firstId = 1_900_000_000;
const idCount = 65_536;
const root = join(import.meta.dirname, '../../..');
const app = appTree(root);

/** Starts a practice cluster in a machine of its own: namespaces that end with it, whatever happens to whom. */
export async function startPractice({ port, manifests }: PracticeOptions): Promise<PracticeCluster> {
  sweepFolders();
  const folder = makeFolder();
  const spawning = spawnMachine(folder);
  // Loading what makes a certificate takes as long as making the machine: side by side.
  const { newCredentials, writeKubeconfig } = await import('../api/credentials.ts');
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
    // It has ended; `ended` says so.
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
    // Changing the user has taken the first one away.
    ...dieWithUs,
    'unshare',
    ...(isRoot ? [] : ['--user', '--map-root-user']),
    ...own,
    // By its path below the tree: root of the machine may have no right to the folders above the project.
    ...['sh', join(tree, '/app', app.project, 'server/practice/machine/init.sh'), tree, modules],
    // A small young generation: measured, 60 MB less while a container prints a gigabyte, at no cost in time.
    ...[
      '/app/node',
      '--no-warnings',
      '--max-semi-space-size=2',
      join('/app', app.project, `server/practice/cluster${extname(import.meta.filename)}`),
    ],
  ];
  const [program = '', ...words] = command;
  const path = `/usr/sbin:/usr/bin:/sbin:/bin:${process.env['PATH'] ?? ''}`;
  const env = { PATH: path } as unknown as NodeJS.ProcessEnv;
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'], env });
  if (holder) {
    child.stdout?.once('data', () => holder.kill('SIGKILL'));
    child.once('close', () => holder.kill('SIGKILL'));
  }
  return child;
}

/** As root: a process in a new user namespace with ids of its own, for others to enter it. */
async function holdUserNamespace(data: string): Promise<ChildProcess> {
  chownSync(data, firstId, firstId);
  // Its owner inside is another than outside, who made the folder around it.
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
 * A folder of the project for the cluster's compiled modules: measured, its start takes 0.2 s less with them. It is of
 * the machine's root, and out of the machine's reach before there is any container. '' where the project can't be
 * written to and nobody has made it before.
 */
function moduleCache(isRoot: boolean): string {
  const folder = join(root, 'node_modules/.cache/practice');
  try {
    mkdirSync(folder, { recursive: true });
    if (isRoot) chownSync(folder, firstId, firstId);
  } catch {
    // Another user's project.
  }
  return existsSync(folder) ? folder : '';
}

function readReady(child: ChildProcess): Promise<ClusterReady> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the practice cluster has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as ClusterReady));
    child.once('close', () => reject(new Error('the practice cluster ended before it listened')));
  });
}
