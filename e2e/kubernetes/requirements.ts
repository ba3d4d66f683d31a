import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What the cluster is made of besides our own build, by the file that shows it is there. */
const packages: Record<string, string> = {
  '/usr/bin/containerd': 'containerd',
  '/usr/sbin/runc': 'runc',
  '/usr/lib/cni/bridge': 'containernetworking-plugins',
  '/usr/sbin/iptables': 'iptables',
  '/usr/sbin/ip': 'iproute2',
  '/usr/bin/busybox': 'busybox-static',
  '/usr/bin/gcc': 'gcc',
  '/usr/include/stdio.h': 'libc6-dev',
  '/usr/bin/openssl': 'openssl',
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/chromium-headless-shell': 'chromium-headless-shell',
  // What the pages show is compared with what these see on the node.
  '/usr/bin/tcpdump': 'tcpdump',
  '/usr/bin/ps': 'procps',
};

/** Why this machine can't run the real cluster, and what to do; `undefined` where it can. */
export function missingForKubernetes(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'The cluster of the tests needs Linux and root, because it makes namespaces, mounts and cgroups: run it as root in a virtual machine or a CI job.';
  if (spawnSync('go', ['version']).status !== 0)
    return 'Go is missing (1.24 or newer): install it from go.dev/dl or your package manager, so that `go version` works.';
  if (spawnSync('kubectl', ['version', '--client']).status !== 0)
    return 'kubectl is missing: install it so that `kubectl version --client` works.';
  const missing = missingFiles();
  if (missing.length === 0 || existsSync('/usr/bin/apt-get')) return undefined;
  const names = missing.map((file) => packages[file]).join(' ');
  return `These programs are missing: ${missing.join(', ')}. On Debian they are in: ${names}.`;
}

/** Installs Debian's packages that are missing. */
export function installPackages(): void {
  const names = missingFiles().flatMap((file) => packages[file] ?? []);
  if (names.length === 0) return;
  console.log(`Installing Debian packages: ${names.join(' ')}`);
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...names);
}

/** Makes sure that all is there: installs what it can, else says what is missing and how to get it, and ends the process. */
export function ensureRequirements(): void {
  const missing = missingForKubernetes();
  if (missing !== undefined) fail(missing);
  installPackages();
}

function missingFiles(): string[] {
  // /bin and /usr/bin are one folder on current Debian; older ones have busybox in /bin.
  return Object.keys(packages).filter((file) => !existsSync(file) && !existsSync(file.replace('/usr', '')));
}

export function aptGet(...words: string[]): void {
  const { status, stderr } = spawnSync('apt-get', words, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (status !== 0) fail(`apt-get ${words.join(' ')} failed:\n${stderr}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
