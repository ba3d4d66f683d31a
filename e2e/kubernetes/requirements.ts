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
  // What the pages show is compared with what these see on the node.
  '/usr/bin/tcpdump': 'tcpdump',
  '/usr/bin/ps': 'procps',
};

/** Makes sure that all is there: installs Debian's packages where it can, else says what is missing and how to get it. */
export function ensureRequirements(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    fail(
      'The cluster of the tests needs Linux and root: it makes namespaces, mounts and cgroups. Run it in a virtual machine or a CI job as root.',
    );
  }
  if (spawnSync('go', ['version']).status !== 0) {
    fail(
      'Go is missing (1.24 or newer): install it from go.dev/dl or your package manager, so that `go version` works.',
    );
  }
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) {
    fail('kubectl is missing: install it so that `kubectl version --client` works.');
  }
  // /bin and /usr/bin are one folder on current Debian; older ones have busybox in /bin.
  const missing = Object.entries(packages).filter(
    ([file]) => !existsSync(file) && !existsSync(file.replace('/usr', '')),
  );
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name);
  if (!existsSync('/usr/bin/apt-get'))
    fail(
      `These programs are missing: ${missing.map(([file]) => file).join(', ')}. On Debian they are in: ${names.join(' ')}.`,
    );
  console.log(`Installing Debian packages: ${names.join(' ')}`);
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...names);
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
