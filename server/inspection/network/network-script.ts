/** The kernel's files that are read, below /proc/net; all containers of a pod have the same. */
export const netFiles = [
  'tcp',
  'tcp6',
  'udp',
  'udp6',
  'unix',
  'route',
  'ipv6_route',
  'fib_trie',
  'if_inet6',
  'dev',
] as const;
export type NetFile = (typeof netFiles)[number];

/**
 * $1 is a word that nobody in the pod can know before: it begins each section, for some of these texts come from the container. Who has a
 * socket open is told by `stat`, whose lines hold numbers and names below /proc alone: what a process calls its files can forge none.
 */
export const networkScript = `
mark=$1
section() { printf '\\n%s %s\\n' "$mark" "$1"; }
for name in ${netFiles.join(' ')}; do section $name; cat /proc/net/$name 2>/dev/null; done
section resolver; cat /etc/resolv.conf 2>/dev/null
section hosts; cat /etc/hosts 2>/dev/null
section owners
for file in /proc/[0-9]*/fd/*; do [ -S "$file" ] && printf '%s\\000' "$file"; done | xargs -0 stat -L -c '%i %n' 2>/dev/null
section end
`;

export interface RawNetwork {
  texts: Partial<Record<NetFile | 'resolver' | 'hosts', string>>;
  /** Which processes have a socket open, by its inode. */
  owners: Map<number, number[]>;
}

/** Pure. Undefined where it was cut off. */
export function parseNetwork(output: string, mark: string): RawNetwork | undefined {
  const sections = new Map(
    output
      .split(`\n${mark} `)
      .slice(1)
      .map((section) => {
        const end = section.indexOf('\n');
        return [section.slice(0, end), section.slice(end + 1)] as const;
      }),
  );
  if (!sections.has('end')) return undefined;
  const owners = new Map<number, number[]>();
  for (const line of (sections.get('owners') ?? '').split('\n')) {
    const [, inode, pid] = /^(\d+) \/proc\/(\d+)\/fd\/\d+$/.exec(line) ?? [];
    if (inode === undefined) continue;
    const known = owners.get(Number(inode)) ?? [];
    // A process may have it open twice.
    if (!known.includes(Number(pid))) owners.set(Number(inode), [...known, Number(pid)]);
  }
  return { texts: Object.fromEntries(sections), owners };
}
