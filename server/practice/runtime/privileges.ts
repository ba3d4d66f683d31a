/** What a container's process may do, already worked out from the pod's spec. */
export interface Privileges {
  uid: number;
  gid: number;
  groups: number[];
  /** Without their CAP_, in small letters; `all` for every one. */
  capabilities: readonly string[];
  noNewPrivileges: boolean;
}

/** What containerd gives a container (containerd pkg/oci, defaultUnixCaps). */
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

/** setpriv's words. The order matters to setpriv, not to us: it drops the bounding set before it changes the user. */
export function toSetprivWords({ uid, gid, groups, capabilities, noNewPrivileges }: Privileges): string[] {
  const bounding = capabilities.includes('all')
    ? '+all'
    : ['-all', ...capabilities.map((name) => `+${name}`)].join(',');
  return [
    `--bounding-set=${bounding}`,
    '--inh-caps=-all',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    groups.length > 0 ? `--groups=${groups.join(',')}` : '--clear-groups',
    ...(noNewPrivileges ? ['--no-new-privs'] : []),
    '--',
  ];
}
