/** By their bits (linux/capability.h), as they are named in a pod's spec. */
const names = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const;

/** What those that matter most allow, in a few words (capabilities(7)). */
const meanings: Record<string, string> = {
  CHOWN: 'change owners of files',
  DAC_OVERRIDE: 'read and write files whatever their modes',
  DAC_READ_SEARCH: 'read files whatever their modes',
  KILL: 'signal processes of others',
  SETUID: 'become another user',
  SETGID: 'become another group',
  NET_BIND_SERVICE: 'listen below port 1024',
  NET_ADMIN: 'change interfaces, routes, firewalls',
  NET_RAW: 'ping, capture packets',
  SYS_CHROOT: 'change the root folder',
  SYS_PTRACE: 'trace and read other processes',
  SYS_ADMIN: 'mount, join namespaces, and much else',
  SYS_MODULE: 'load kernel modules',
  SYS_TIME: 'set the clock',
  MKNOD: 'make device files',
  BPF: 'load eBPF programs',
};

/** The capabilities of a mask in hex, as /proc/<pid>/status has it; a bit that has no name yet by its number. */
export function parseCapabilities(mask: string): string[] {
  if (!/^[0-9a-f]{1,16}$/.test(mask)) return [];
  const bits = BigInt(`0x${mask}`);
  return Array.from({ length: 64 }, (_, bit) => bit)
    .filter((bit) => (bits >> BigInt(bit)) & 1n)
    .map((bit) => names[bit] ?? `capability ${bit}`);
}

export function capabilityMeaning(name: string): string | undefined {
  return meanings[name];
}

/** Whether these are all that this kernel could give: what a privileged container has. */
export function areAllCapabilities(capabilities: string[]): boolean {
  return (
    capabilities.length >= names.length - 3 && capabilities.includes('SYS_ADMIN') && capabilities.includes('SYS_MODULE')
  );
}
