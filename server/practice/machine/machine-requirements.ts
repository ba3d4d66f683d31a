import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Programs of util-linux, and the shell. */
const programs = [
  'unshare',
  'nsenter',
  'setpriv',
  'mount',
  'umount',
  'pivot_root',
  'mkfifo',
  'hostname',
  'setsid',
  'sh',
];
const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The reason why the practice cluster can't run on this machine, with a cure; undefined if it can run. */
export function whyNot(): string | undefined {
  if (process.platform !== 'linux')
    return `The practice cluster's containers are Linux processes, and this machine runs ${process.platform}. Run it in a Linux machine (on macOS for example in Lima or Colima, on Windows in WSL 2), or use Ephemera with a cluster: npm start.`;
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(`${folder}/${name}`)));
  if (missing.length > 0)
    return `The practice cluster needs ${missing.join(', ')}, which this machine does not have. They are in the package util-linux (and coreutils).`;
  const words = process.getuid?.() === 0 ? ['--user'] : ['--user', '--map-root-user'];
  const tried = spawnSync('unshare', [...words, '--mount', 'true'], { encoding: 'utf8' });
  if (tried.status === 0) return undefined;
  return `The practice cluster needs user namespaces, and this machine does not allow them: ${tried.stderr.trim()}. ${cure()}`;
}

function cure(): string {
  if (readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1')
    return 'Ubuntu’s AppArmor rule forbids them: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 allows them until the next boot, or run it as root.';
  if (readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0')
    return 'The kernel’s setting forbids them: sudo sysctl kernel.unprivileged_userns_clone=1 allows them until the next boot, or run it as root.';
  if (readSetting('/proc/sys/user/max_user_namespaces') === '0')
    return 'The kernel’s setting forbids them: sudo sysctl user.max_user_namespaces=10000 allows them until the next boot.';
  return 'Inside of a container, it must be one that may make them (with Docker: --privileged). Run it as root, or on another machine.';
}

function readSetting(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
