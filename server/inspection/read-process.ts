import { parseCapabilities } from '#lib/processes/capabilities.ts';
import type { OpenFile, ProcessDetail, Readable, ResourceLimit } from '#lib/processes/process-detail.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { execOutput } from '../kubernetes/exec-output.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import { type ProcessIdentity, processCommand } from './process-script.ts';

export type ProcessAddress = PodAddress & ProcessIdentity & { container: string };

/** More open files than these are counted, not listed: each takes a `readlink`, a millisecond. */
const maxFiles = 300;

/** A name, a NUL, a value, a NUL: what a value holds can't be taken for a name. Arguments have NULs: they come last. */
export const detailScript = `
for file in status limits cgroup; do printf '%s\\000' $file; cat "/proc/$pid/$file" 2>/dev/null; printf '\\000'; done
for link in exe cwd; do
  printf '%s\\000' $link; readlink -n "/proc/$pid/$link" 2>/dev/null; printf '\\000'
done
if ls "/proc/$pid/fd" >/dev/null 2>&1; then
  count=0
  for file in "/proc/$pid/fd"/*; do
    count=$((count + 1))
    [ $count -gt ${maxFiles} ] && { printf 'more\\000\\000'; break; }
    printf 'fd %s\\000' "\${file##*/}"; readlink -n "$file" 2>/dev/null; printf '\\000'
  done
else printf 'no fds\\000\\000'; fi
printf 'arguments\\000'; cat "/proc/$pid/cmdline" 2>/dev/null
`;

/** 300 links and a command line of 2 MiB, which is the most that the kernel takes. */
const detailLimits = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024 };

/** Reads all that can be known of one process, through the container that sees it. */
export async function readProcess(cluster: Cluster, address: ProcessAddress): Promise<ProcessDetail> {
  return parseDetail(await runOn(cluster, address, detailScript, detailLimits));
}

/** Ends with a variable that can't be: without a name. */
export const environmentScript = `cat "/proc/$pid/environ" 2>/dev/null && printf '=\\000'`;

/** Its environment, as it was when it began: `NAME=value` each. */
export async function readEnvironment(cluster: Cluster, address: ProcessAddress): Promise<string[]> {
  const variables = parseEnvironment(await runOn(cluster, address, environmentScript, detailLimits));
  if (variables === undefined) throw denied(address, 'environment');
  return variables;
}

/** Pure; undefined where it was not read to its end. */
export function parseEnvironment(output: string): string[] | undefined {
  const variables = output.split('\0');
  return variables.at(-2) === '=' ? variables.slice(0, -2).filter((text) => text !== '') : undefined;
}

/** Runs a script on a process in the container that sees it, and returns what it printed. */
export async function runOn(
  cluster: Cluster,
  { container, ...address }: ProcessAddress,
  script: string,
  limits: { timeoutMs: number; maxBytes: number },
  extra?: string,
): Promise<string> {
  const command = processCommand(script, address, extra);
  const { stdout, end } = await execOutput(cluster, { ...address, container }, command, limits);
  if (end.kind === 'failed') throw end.error;
  if (end.kind === 'refused') {
    throw new AppError('container', `Process ${address.pid} can’t be read through ${container}: ${end.message}`, {
      next: 'Look whether the container still runs.',
    });
  }
  if (stdout.trim() === 'gone')
    throw new AppError('gone', `Process ${address.pid} has ended.`, {
      next: 'Close this; the list has those that run.',
    });
  return stdout;
}

function denied({ pid, container }: ProcessAddress, what: string): AppError {
  return new AppError(
    'container',
    `The kernel does not show ${container} the ${what} of process ${pid}: it is another user’s, or has more capabilities.`,
    {
      next: 'Start a debugger with profile general (SYS_PTRACE) that targets its container.',
    },
  );
}

/** Pure. Any text is taken: it comes from a container. */
export function parseDetail(output: string): ProcessDetail {
  const mark = '\0arguments\0';
  const end = output.indexOf(mark);
  const records = output.slice(0, end === -1 ? undefined : end).split('\0');
  const values = new Map<string, string>();
  const files: OpenFile[] = [];
  for (let index = 0; index + 1 < records.length + 1; index += 2) {
    const [name = '', value = ''] = records.slice(index, index + 2);
    const fd = /^fd (\d+)$/.exec(name)?.[1];
    // One that was closed meanwhile has no target.
    if (fd !== undefined) value !== '' && files.push({ fd: Number(fd), target: value });
    else values.set(name, value);
  }
  const status = parseStatus(values.get('status') ?? '');
  const word = (name: string) => status.get(name) ?? '';
  const numbers = (name: string) =>
    word(name)
      .split(/\s+/)
      .filter((text) => /^\d+$/.test(text))
      .map(Number);
  return {
    arguments:
      end === -1
        ? []
        : output
            .slice(end + mark.length)
            .replace(/\0+$/, '')
            .split('\0'),
    uids: numbers('Uid'),
    gids: numbers('Gid'),
    capabilities: parseCapabilities(word('CapEff')),
    noNewPrivileges: word('NoNewPrivs') === '1',
    seccomp: (['off', 'strict', 'filter'] as const)[word('Seccomp') === '' ? -1 : Number(word('Seccomp'))],
    caughtSignals: word('SigCgt'),
    ignoredSignals: word('SigIgn'),
    innerPids: numbers('NSpid').slice(1),
    cgroups: (values.get('cgroup') ?? '').split('\n').filter((line) => line !== ''),
    limits: parseLimits(values.get('limits') ?? ''),
    executable: toReadable(values.get('exe')),
    workingFolder: toReadable(values.get('cwd')),
    openFiles: values.has('no fds')
      ? { kind: 'denied', why: whyDenied }
      : { kind: 'read', value: { files: files.sort((a, b) => a.fd - b.fd), isMore: values.has('more') } },
  };
}

const whyDenied = 'It is another user’s or has more capabilities than the reader: that takes SYS_PTRACE.';

function toReadable(value: string | undefined): Readable<string> {
  return value === undefined || value === '' ? { kind: 'denied', why: whyDenied } : { kind: 'read', value };
}

function parseStatus(text: string): Map<string, string> {
  return new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()];
    }),
  );
}

/** `Max open files            1024                 4096                 files     `: columns that begin under their heads. */
function parseLimits(text: string): ResourceLimit[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name = '', soft = '', hard = '', unit = ''] = line.trim().split(/\s{2,}/);
      return soft === '' ? [] : [{ name: name.replace(/^Max /, ''), soft, hard, unit }];
    });
}
