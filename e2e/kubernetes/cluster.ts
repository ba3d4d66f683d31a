import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyWorkloads } from '../clusters/apply-workloads.ts';
import { type TestCluster, writeAdminConfig, writeTestConfig } from '../clusters/test-config.ts';
import { buildKubernetes } from './build.ts';
import { writeImages } from './images.ts';
import { bridge, containerdSocket, nodeAddress, writeNodeConfig } from './node-config.ts';
import { writePki } from './pki.ts';
import { isRunning, start, stop, until } from './process.ts';
import { ensureRequirements } from './requirements.ts';

/** Short, for the paths of sockets below it may have no more than 107 characters. One cluster a machine: its ports are fixed. */
export const clusterFolder = '/tmp/ephemera-test-cluster';
const folder = clusterFolder;
const etcd = 'http://127.0.0.1:23790';
const testCluster: TestCluster = {
  server: 'https://127.0.0.1:16443',
  authority: join(folder, 'pki/ca.crt'),
  admin: { token: 'admin-token' },
};
const adminConfig = join(folder, 'admin.conf');

/** Starts a one-node cluster with the workloads of the tests in it, and returns the path of its kubeconfig. */
export async function up(): Promise<string> {
  ensureRequirements();
  if (isRunning(folder, 'apiserver')) return join(folder, 'test.conf');
  const kube = buildKubernetes();
  for (const name of ['run', 'log']) mkdirSync(join(folder, name), { recursive: true });
  makeBridge();
  writeNodeConfig(folder);
  writePki(join(folder, 'pki'), nodeAddress);
  writeFileSync(join(folder, 'pki/tokens.csv'), 'admin-token,admin,admin,system:masters\n');
  writeAdminConfig(folder, testCluster);
  await startContainerd();
  await startControlPlane(kube);
  await startNode(kube);
  await applyWorkloads(adminConfig);
  return writeTestConfig(folder, testCluster);
}

/** Ends the cluster with every process, mount, interface, cgroup and folder that it made. */
export async function down(): Promise<void> {
  if (!existsSync(folder)) return;
  kubectl('delete', 'deployments', '--all', '--all-namespaces', '--timeout=5s');
  kubectl('delete', 'pods', '--all', '--all-namespaces', '--grace-period=1', '--timeout=30s');
  for (const name of ['kubelet', 'scheduler', 'controllers', 'apiserver', 'etcd']) await stop(folder, name);
  for (const task of ctr('task', 'ls', '-q').stdout.split('\n').filter(Boolean))
    ctr('task', 'kill', '-s', 'KILL', task);
  await until('the end of all containers', () => shims().length === 0, 10_000).catch(() => {
    for (const pid of shims()) process.kill(pid, 'SIGKILL');
  });
  await stop(folder, 'containerd');
  unmountAll();
  spawnSync('ip', ['link', 'del', bridge]);
  removeCgroups();
  rmSync(folder, { recursive: true });
}

/** What of the cluster is still there: processes, mounts, interfaces, cgroups and folders, each by name. Empty after `down`. */
export function leftovers(): string[] {
  const processes = spawnSync('pgrep', ['-af', folder], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line !== '' && !line.includes('pgrep'));
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${folder}/`));
  const links = spawnSync('ip', ['-o', 'link'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(bridge));
  const cgroups = spawnSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', 'k8s.io*'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean);
  return [...processes, ...mounts, ...links, ...cgroups, ...(existsSync(folder) ? [folder] : [])];
}

async function startContainerd(): Promise<void> {
  start(folder, 'containerd', ['containerd', '-c', join(folder, 'containerd.toml')]);
  await until('containerd’s start', () => ctr('version').status === 0);
  for (const archive of writeImages(join(folder, 'images'))) {
    const { status, stderr } = ctr('image', 'import', archive);
    if (status !== 0) throw new Error(`containerd did not take ${archive}: ${stderr}`);
  }
}

async function startControlPlane(kube: string): Promise<void> {
  const pki = (name: string) => join(folder, 'pki', name);
  start(folder, 'etcd', [
    kube,
    'etcd',
    `--data-dir=${folder}/etcd`,
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    '--listen-peer-urls=http://127.0.0.1:23800',
  ]);
  start(folder, 'apiserver', [
    kube,
    'kube-apiserver',
    `--etcd-servers=${etcd}`,
    '--secure-port=16443',
    '--bind-address=127.0.0.1',
    `--advertise-address=${nodeAddress}`,
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.96.0.0/16',
    `--tls-cert-file=${pki('apiserver.crt')}`,
    `--tls-private-key-file=${pki('apiserver.key')}`,
    `--client-ca-file=${pki('ca.crt')}`,
    `--token-auth-file=${pki('tokens.csv')}`,
    `--service-account-key-file=${pki('sa.pub')}`,
    `--service-account-signing-key-file=${pki('sa.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--kubelet-preferred-address-types=InternalIP',
    '--requestheader-allowed-names=nobody',
  ]);
  await until('the API server’s readiness', () => kubectl('get', '--raw', '/readyz').status === 0);
  const common = [`--kubeconfig=${adminConfig}`, '--leader-elect=false', '--secure-port=0'];
  start(folder, 'controllers', [
    kube,
    'kube-controller-manager',
    ...common,
    `--service-account-private-key-file=${pki('sa.key')}`,
    `--root-ca-file=${pki('ca.crt')}`,
    '--controllers=*,-nodeipam,-cloud-node-lifecycle,-service-lb-controller',
  ]);
  start(folder, 'scheduler', [kube, 'kube-scheduler', ...common]);
}

async function startNode(kube: string): Promise<void> {
  start(folder, 'kubelet', [
    kube,
    'kubelet',
    `--config=${folder}/kubelet.yaml`,
    `--kubeconfig=${adminConfig}`,
    '--hostname-override=node-a',
    `--root-dir=${folder}/kubelet`,
    `--cert-dir=${folder}/kubelet-pki`,
    `--node-ip=${nodeAddress}`,
  ]);
  await until('the node’s readiness', () => / Ready/.test(kubectl('get', 'nodes').stdout));
}

function makeBridge(): void {
  if (spawnSync('ip', ['link', 'show', bridge]).status === 0) return;
  // The first pod's network plugin would make it, but the kubelet needs its address before there is a pod.
  for (const words of [
    `link add ${bridge} type bridge`,
    `addr add ${nodeAddress}/16 dev ${bridge}`,
    `link set ${bridge} up`,
  ]) {
    const { status, stderr } = spawnSync('ip', words.split(' '), { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ip ${words} failed: ${stderr}`);
  }
}

function kubectl(...words: string[]) {
  return spawnSync('kubectl', ['--kubeconfig', adminConfig, ...words], { encoding: 'utf8' });
}

function ctr(...words: string[]) {
  return spawnSync('ctr', ['-a', containerdSocket(folder), '-n', 'k8s.io', ...words], { encoding: 'utf8' });
}

/** The processes that containerd leaves with each pod; they name our socket. */
function shims(): number[] {
  const { stdout } = spawnSync('pgrep', ['-f', `containerd-shim.*${containerdSocket(folder)}`], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}

function unmountAll(): void {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts
    .filter((path) => path.startsWith(`${folder}/`))
    .sort()
    .reverse())
    spawnSync('umount', ['-l', mount]);
}

/** runc leaves the parent of its cgroups. */
function removeCgroups(): void {
  spawnSync('find', ['/sys/fs/cgroup', '-depth', '-type', 'd', '-path', '*/k8s.io*', '-exec', 'rmdir', '{}', ';']);
}
