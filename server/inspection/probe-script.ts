import { type NamespaceKind, namespaceKinds } from '#lib/namespaces/kinds.ts';
import type { ObservedProcess } from '#lib/processes/observed-process.ts';

/**
 * Reads every process that a container sees, with one shell and six programs, however many processes there are; busybox,
 * toybox and coreutils have them all. Words are looked for as they are (-F): busybox takes twice as long for an expression.
 * No line can be forged by a process: the kernel escapes names and paths, `grep` puts the file's name before each line and,
 * with -z, before each argument. A busybox without -z has a `ps` that takes the line ends out of command lines.
 */
export const probeScript = `
echo "#self $$"
echo "#uptime"; cat /proc/uptime 2>/dev/null
echo "#ns"; ls -l /proc/[0-9]*/ns /proc/self/ns 2>/dev/null
echo "#status"; grep -aHF -e Name: -e State: -e PPid: -e Uid: -e NSpid: -e VmRSS: -e Threads: /proc/[0-9]*/status 2>/dev/null
echo "#files"; grep -aHF '' /proc/[0-9]*/stat /proc/[0-9]*/cgroup 2>/dev/null
if printf 'a\\000b' | grep -zq '^b' 2>/dev/null; then echo "#arguments"; grep -zaH . /proc/[0-9]*/cmdline 2>/dev/null
else echo "#ps"; ps -eo pid,args 2>/dev/null; fi
echo "#end"
`;

/** A process as the script prints it, before anybody knows which container it is of. */
export interface RawProcess extends Omit<ObservedProcess, 'seenFrom' | 'container'> {
  cgroups: string[];
}

export interface RawProbe {
  /** All that there was room for, those of the probe itself too. */
  processes: RawProcess[];
  /** How many more were seen. */
  unlisted: number;
  /** The pid of the probe's own shell, in the pid namespace that it ran in. */
  self: number;
  /** The namespaces of the probe's own shell: those of the container that it ran in. */
  own: Partial<Record<NamespaceKind, number>>;
  /** Since the node began. */
  uptimeSeconds: number;
  /** False where the output was cut off or a program is missing. */
  isComplete: boolean;
}

/** A container with more processes than this is shown in part, and that is said: nobody reads further. */
const maxProcesses = 2_000;
/** What anybody reads of a command line in a list. */
const maxCommandLine = 1_000;

/** Pure. Any text is taken: it comes from a container. */
export function parseProbe(output: string, limit = maxProcesses): RawProbe {
  const processes = new ProcessTable(limit);
  // Arguments may have line ends; they are the last section for that.
  const [head = '', ...rest] = output.split('\n#arguments\n');
  let section = '';
  let self = 0;
  let uptimeSeconds = 0;
  let pidOfListing: number | undefined;
  for (const line of head.split('\n')) {
    if (line.startsWith('#')) {
      section = line.split(' ')[0] ?? '';
      // Listed first, so that there is room for it: its namespaces are the container's.
      if (section === '#self') self = processes.of(Number(line.split(' ')[1]))?.pid ?? 0;
    } else if (section === '#uptime') uptimeSeconds = Number.parseFloat(line) || uptimeSeconds;
    else if (section === '#ns') pidOfListing = takeNamespaceLine(processes, line, pidOfListing);
    else if (section === '#ps') takePsLine(processes, line);
    else takeFileLine(processes, line);
  }
  const isWhole = rest.length > 0 ? takeArguments(processes, rest.join('\n#arguments\n')) : section === '#end';
  return {
    processes: [...processes.values()].filter((process) => !isRemnant(process)).sort((a, b) => a.pid - b.pid),
    unlisted: processes.unlisted,
    self,
    own: processes.known(self)?.namespaces ?? {},
    uptimeSeconds,
    isComplete: isWhole,
  };
}

/** By pid; no more than there is room for. */
class ProcessTable {
  readonly #limit: number;
  readonly #processes = new Map<number, RawProcess>();
  readonly #unlisted = new Set<number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  known(pid: number): RawProcess | undefined {
    return this.#processes.get(pid);
  }

  /** Undefined where there is no room for another. */
  of(pid: number): RawProcess | undefined {
    const known = this.known(pid);
    if (known !== undefined) return known;
    if (this.#processes.size >= this.#limit) {
      this.#unlisted.add(pid);
      return undefined;
    }
    const fresh = newProcess(pid);
    this.#processes.set(pid, fresh);
    return fresh;
  }

  /** How many there was no room for. */
  get unlisted(): number {
    return this.#unlisted.size;
  }

  values(): Iterable<RawProcess> {
    return this.#processes.values();
  }
}

function newProcess(pid: number): RawProcess {
  return {
    pid,
    ppid: 0,
    uid: 0,
    name: '',
    commandLine: '',
    state: '?',
    threads: 0,
    residentKiB: undefined,
    cpuTicks: 0,
    startTicks: 0,
    innerPids: [],
    cgroups: [],
    namespaces: {},
  };
}

/** `/proc/7/ns:` begins a listing; `… net -> net:[4026531840]` is a line in it. */
function takeNamespaceLine(processes: ProcessTable, line: string, pid: number | undefined): number | undefined {
  const heading = /^\/proc\/(\d+|self)\/ns:$/.exec(line);
  if (heading) return heading[1] === 'self' ? undefined : Number(heading[1]);
  const link = / (\w+) -> \w+:\[(\d+)\]$/.exec(line);
  const kind = namespaceKinds.find((candidate) => candidate === link?.[1]);
  const process = pid === undefined ? undefined : processes.of(pid);
  if (process !== undefined && kind !== undefined) process.namespaces[kind] = Number(link?.[2]);
  return pid;
}

/** `/proc/7/status:PPid:\t1`, `/proc/7/cgroup:0::/x`, `/proc/7/stat:7 (sh) S 1 …` */
function takeFileLine(processes: ProcessTable, line: string): void {
  const [, pid, file, text = ''] = /^\/proc\/(\d+)\/(status|cgroup|stat):(.*)$/.exec(line) ?? [];
  const process = pid === undefined ? undefined : processes.of(Number(pid));
  if (process === undefined) return;
  if (file === 'cgroup') process.cgroups.push(text.replace(/^\d+:[^:]*:/, ''));
  else if (file === 'stat') takeStat(process, text);
  else takeStatus(process, text);
}

function takeStatus(process: RawProcess, text: string): void {
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1).trim();
  const first = Number.parseInt(value, 10);
  switch (text.slice(0, colon)) {
    case 'Name':
      process.name = value;
      break;
    case 'State':
      process.state = value.charAt(0);
      break;
    case 'PPid':
      process.ppid = first || 0;
      break;
    case 'Uid':
      process.uid = first || 0;
      break;
    case 'NSpid':
      process.innerPids = value.split(/\s+/).slice(1).map(Number).filter(Number.isSafeInteger);
      break;
    case 'VmRSS':
      process.residentKiB = first || 0;
      break;
    case 'Threads':
      process.threads = first || 0;
  }
}

/** Fields 14, 15 and 22 of proc_pid_stat(5), counted from behind the name, which may hold anything, also a line end. */
function takeStat(process: RawProcess, text: string): void {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const start = Number(fields[19]);
  if (!Number.isSafeInteger(ticks) || !Number.isSafeInteger(start)) return;
  process.cpuTicks = ticks;
  process.startTicks = start;
}

/** `/proc/7/cmdline:-c`, each ended by a NUL. True where the end was printed. */
function takeArguments(processes: ProcessTable, text: string): boolean {
  const records = text.split('\0');
  const end = records.pop();
  for (const record of records) {
    const [, pid, argument = ''] = /^\/proc\/(\d+)\/cmdline:(.*)$/s.exec(record) ?? [];
    const process = pid === undefined ? undefined : processes.of(Number(pid));
    if (process === undefined || process.commandLine.length >= maxCommandLine) continue;
    const line = process.commandLine === '' ? argument : `${process.commandLine} ${argument}`;
    process.commandLine = line.slice(0, maxCommandLine);
  }
  return end?.trim() === '#end';
}

/** `    7 sh -c x`; what has no command line is in brackets or braces, as in any ps. */
function takePsLine(processes: ProcessTable, line: string): void {
  const [, pid, text = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
  // One that began after the files were read is not known.
  const process = pid === undefined ? undefined : processes.known(Number(pid));
  if (process === undefined || /^\[.*\]$/.test(text)) return;
  // busybox writes the name in braces where the command line doesn't begin with it.
  process.commandLine = text.replace(/^\{[^}]*\} /, '').slice(0, maxCommandLine);
}

/** A process that ended while it was read has no state left. */
function isRemnant(process: RawProcess): boolean {
  return process.state === '?' && process.startTicks === 0;
}

/** Without these processes and all that they started. */
export function withoutDescendants<P extends Pick<RawProcess, 'pid' | 'ppid'>>(
  processes: P[],
  ancestors: ReadonlySet<number>,
): P[] {
  const parents = new Map(processes.map(({ pid, ppid }) => [pid, ppid]));
  return processes.filter(({ pid }) => {
    // The map bounds the walk: a cycle of parents can't exist, but this text comes from a container.
    for (let id: number | undefined = pid, steps = 0; id !== undefined && steps <= parents.size; steps++) {
      if (ancestors.has(id)) return false;
      id = parents.get(id);
    }
    return true;
  });
}
