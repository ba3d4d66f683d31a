import { readFileSync } from 'node:fs';
import { toolCommand } from './tools.ts';

/** A container process's privileges, worked out from the pod's spec. */
export interface Privileges {
  uid: number;
  gid: number;
  groups: number[];
  /** Names without CAP_, in small letters; `all` stands for every capability. */
  capabilities: readonly string[];
  noNewPrivileges: boolean;
}

/** containerd's default capabilities (containerd pkg/oci, defaultUnixCaps). */
export const defaultCapabilities: readonly string[] = [
  'chown',
  'dac_override',
  'fsetid',
  'fowner',
  'mknod',
  'net_raw',
  'setgid',
  'setuid',
  'setfcap',
  'setpcap',
  'net_bind_service',
  'sys_chroot',
  'kill',
  'audit_write',
];

/** Whether this machine has several users. An ordinary user's namespace has only root. */
export const hasManyUsers = /^\s*\d+\s+\d+\s+(?!1$)\d+$/m.test(readFileSync('/proc/self/uid_map', 'utf8'));

/** The command that gives these privileges to a process of a new container. The process's own command follows it. */
export function dropCommand(fd: number, privileges: Privileges): string[] {
  const { uid, gid } = privileges;
  if (hasManyUsers || uid === 0) return toolCommand(fd, 'setpriv', ...setprivWords(privileges));
  // The machine's only user gets another number, in a user namespace of the container's own.
  return [
    ...toolCommand(fd, 'unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--keep-caps', '--'),
    ...toolCommand(fd, 'setpriv', ...boundWords(privileges), '--ambient-caps=-all', '--'),
  ];
}

/** The same for a process that joins a container, after nsenter with `userNamespaceWords`. */
export function joinCommand(fd: number, privileges: Privileges): string[] {
  // In the container's own user namespace, the process already has the user and has no capability to lose.
  return hasManyUsers || privileges.uid === 0 ? toolCommand(fd, 'setpriv', ...setprivWords(privileges)) : [];
}

/** nsenter's options for the user namespace of a container with this user. */
export function userNamespaceWords({ uid }: Privileges): string[] {
  return hasManyUsers || uid === 0 ? [] : ['--user', '--preserve-credentials'];
}

/** setpriv drops the bounding set before it changes the user, in whatever order its options are. */
function setprivWords(privileges: Privileges): string[] {
  const { uid, gid, groups } = privileges;
  const supplementary = hasManyUsers ? groups : [];
  return [
    ...boundWords(privileges),
    `--reuid=${uid}`,
    `--regid=${gid}`,
    ...(supplementary.length > 0
      ? [`--groups=${supplementary.join(',')}`]
      : hasManyUsers
        ? ['--clear-groups']
        : ['--keep-groups']),
    '--',
  ];
}

function boundWords({ capabilities, noNewPrivileges }: Privileges): string[] {
  const bounding = capabilities.includes('all')
    ? '+all'
    : ['-all', ...capabilities.map((name) => `+${name}`)].join(',');
  return [`--bounding-set=${bounding}`, '--inh-caps=-all', ...(noNewPrivileges ? ['--no-new-privs'] : [])];
}
