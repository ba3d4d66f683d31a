import { type NamespaceKind, namespaceKinds } from '#lib/namespaces/kinds.ts';

/**
 * Reads every process that a container sees, with one shell and three programs that busybox, coreutils and toybox all
 * have. Each section's lines can't be forged by a process: the kernel escapes names and paths, and `tr` takes
 * the line ends out of command lines.
 */
export const probeScript = `
echo "#self $$"
echo "#ns"; ls -l /proc/[0-9]*/ns /proc/self/ns 2>/dev/null
echo "#status"; grep -H -E '^(PPid|Uid):' /proc/[0-9]*/status 2>/dev/null
echo "#cgroup"; grep -H . /proc/[0-9]*/cgroup 2>/dev/null
echo "#cmdline"; for d in /proc/[0-9]*; do echo "$d/cmdline:$(tr '\\000\\n' '  ' < $d/cmdline 2>/dev/null | cut -c1-300)"; done 2>/dev/null
echo "#end"
`;

/** A process as the script prints it, before anybody knows which container it is of. */
export interface RawProcess {
  pid: number;
  ppid: number;
  uid: number;
  commandLine: string;
  cgroups: string[];
  namespaces: Partial<Record<NamespaceKind, number>>;
}

export interface RawProbe {
  /** The processes of the container, without those of the probe itself. */
  processes: RawProcess[];
  /** The namespaces of the probe's own shell: those of the container that it ran in. */
  own: Partial<Record<NamespaceKind, number>>;
  /** False where the output was cut off or a program is missing. */
  isComplete: boolean;
}

/** A container with more processes than this is shown in part. */
const maxProcesses = 2_000;

export function parseProbe(output: string): RawProbe {
  const processes = new Map<number, RawProcess>();
  let section = '';
  let self = 0;
  let pidOfListing: number | undefined;
  for (const line of output.split('\n')) {
    if (line.startsWith('#')) {
      section = line.split(' ')[0] ?? '';
      if (section === '#self') self = Number(line.split(' ')[1]);
      continue;
    }
    if (section === '#ns') pidOfListing = takeNamespaceLine(processes, line, pidOfListing);
    else takeFileLine(processes, line);
  }
  const own = processes.get(self)?.namespaces ?? {};
  return { processes: withoutDescendants(processes, self), own, isComplete: section === '#end' };
}

function processOf(processes: Map<number, RawProcess>, pid: number): RawProcess | undefined {
  const known = processes.get(pid);
  if (known !== undefined || processes.size >= maxProcesses) return known;
  const fresh: RawProcess = { pid, ppid: 0, uid: 0, commandLine: '', cgroups: [], namespaces: {} };
  processes.set(pid, fresh);
  return fresh;
}

/** `/proc/7/ns:` begins a listing; `… net -> net:[4026531840]` is a line in it. */
function takeNamespaceLine(
  processes: Map<number, RawProcess>,
  line: string,
  pid: number | undefined,
): number | undefined {
  const heading = /^\/proc\/(\d+|self)\/ns:$/.exec(line);
  if (heading) return heading[1] === 'self' ? undefined : Number(heading[1]);
  const link = / (\w+) -> \w+:\[(\d+)\]$/.exec(line);
  const kind = namespaceKinds.find((candidate) => candidate === link?.[1]);
  const process = pid === undefined ? undefined : processOf(processes, pid);
  if (process !== undefined && kind !== undefined) process.namespaces[kind] = Number(link?.[2]);
  return pid;
}

/** `/proc/7/status:PPid:\t1`, `/proc/7/cgroup:0::/x`, `/proc/7/cmdline:sh -c x` */
function takeFileLine(processes: Map<number, RawProcess>, line: string): void {
  const [, pid, file, text = ''] = /^\/proc\/(\d+)\/(status|cgroup|cmdline):(.*)$/.exec(line) ?? [];
  const process = pid === undefined ? undefined : processOf(processes, Number(pid));
  if (process === undefined) return;
  if (file === 'cmdline') process.commandLine = text.trim();
  else if (file === 'cgroup') process.cgroups.push(text.replace(/^\d+:[^:]*:/, ''));
  else if (text.startsWith('PPid:')) process.ppid = Number(text.slice(5));
  else if (text.startsWith('Uid:')) process.uid = Number(text.slice(4).trim().split(/\s+/)[0]);
}

function withoutDescendants(processes: Map<number, RawProcess>, ancestor: number): RawProcess[] {
  const isOurs = ({ pid, ppid }: RawProcess): boolean => {
    // The map bounds the walk: a cycle of parents can't exist, but this text comes from a container.
    for (let id = pid, parent = ppid, steps = 0; steps <= processes.size; steps++) {
      if (id === ancestor) return true;
      const next = processes.get(parent);
      if (next === undefined) return false;
      id = next.pid;
      parent = next.ppid;
    }
    return false;
  };
  // A process that ended while it was read has no parent and no namespaces left.
  return [...processes.values()]
    .filter((process) => !isOurs(process) && !isRemnant(process))
    .sort((a, b) => a.pid - b.pid);
}

function isRemnant(process: RawProcess): boolean {
  return process.ppid === 0 && process.pid !== 1 && process.commandLine === '' && process.cgroups.length === 0;
}
