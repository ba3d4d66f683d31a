import { randomUUID } from 'node:crypto';
import { shellQuote } from '#lib/debug/kubectl.ts';
import type { NetworkTestKind, NetworkTestResult } from '#lib/network/connectivity.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { execOutput } from '../../kubernetes/exec-output.ts';
import type { PodAddress } from '../../kubernetes/pod-watch.ts';
import { lacksProgram } from '../lacks-program.ts';

export interface NetworkTest {
  kind: NetworkTestKind;
  host: string;
  port?: number | undefined;
  path?: string | undefined;
}

/** How long a try may take in the container, in seconds: a resolver asks three times for five seconds. */
const trySeconds = 15;
const limits = { timeoutMs: (trySeconds + 5) * 1000, maxBytes: 64 * 1024 };

/** The programs that can do it, the best first; the first that the container has is run. */
function programsFor({ kind, host, port = 80, path = '/' }: NetworkTest): string[][] {
  const target = host.includes(':') ? `[${host}]` : host;
  switch (kind) {
    case 'lookup':
      return [
        ['nslookup', host],
        ['getent', 'hosts', host],
      ];
    case 'connect':
      return [
        ['nc', '-z', '-v', '-w', '5', host, String(port)],
        // busybox has no -z: its input, which is empty, ends it once it is connected.
        ['nc', '-w', '5', host, String(port)],
        ['bash', '-c', 'exec 3<>"/dev/tcp/$1/$2"', 'bash', host, String(port)],
      ];
    case 'http': {
      const timings =
        '\\n%{http_code} · name %{time_namelookup} s · connected %{time_connect} s · first byte %{time_starttransfer} s · all %{time_total} s, %{size_download} bytes\\n';
      const url = `http://${target}:${port}${path}`;
      return [
        ['curl', '-sS', '-i', '--max-time', '10', '--max-filesize', '32768', '-w', timings, url],
        // Without -T, at which Debian’s busybox crashes: the script has a limit of its own.
        ['wget', '-S', '-O', '-', url],
      ];
    }
    case 'ping':
      return [['ping', '-c', '3', '-W', '2', host]];
  }
}

/** Of what a program prints; a page's begin says enough. */
const shownBytes = 32 * 1024;

/**
 * $1: a word that nobody knows; then the program and its arguments. Prints the node's clock before and after it, and the code that it ended
 * with, which comes by a way of its own, for its output goes through a pipe that is cut.
 */
export const testScript = `
mark=$1; shift
command -v "$1" >/dev/null 2>&1 || { printf '%s missing\\n' "$mark"; exit; }
limit=; command -v timeout >/dev/null 2>&1 && limit='timeout ${trySeconds}'
read -r begin rest < /proc/uptime
printf '%s begin %s\\n' "$mark" "$begin"
exec 3>&1
code=$({ { $limit "$@" 2>&1 </dev/null 3>&- 4>&-; echo $? >&4; } | head -c ${shownBytes} >&3; } 4>&1)
read -r end rest < /proc/uptime
printf '\\n%s end %s %s\\n' "$mark" "$end" "$code"
`;

/** Tries from inside a container whether something on the network can be reached. */
export async function checkConnectivity(
  cluster: Cluster,
  address: PodAddress & { container: string },
  wanted: NetworkTest,
): Promise<NetworkTestResult> {
  const programs = programsFor(wanted);
  for (const program of programs) {
    const mark = randomUUID();
    const command = ['sh', '-c', testScript, 'sh', mark, ...program];
    const { stdout, end } = await execOutput(cluster, address, command, limits);
    if (end.kind === 'failed') throw end.error;
    if (end.kind === 'refused') {
      throw new AppError(
        'container',
        `Nothing can be tried from ${address.container}: ${lacksProgram(end) ? 'it has no shell' : end.message}.`,
        {
          next: 'Choose a container with a shell, or start a debugger.',
        },
      );
    }
    const result = parseTest(stdout, mark);
    if (result !== 'missing' && !isOtherProgram(result)) {
      return { ...result, command: program.map(shellQuote).join(' '), meaning: explain(wanted, result) };
    }
  }
  throw new AppError(
    'container',
    `${address.container} has none of the programs for it: ${[...new Set(programs.map(([name]) => name))].join(', ')}.`,
    {
      next: 'Choose a container that has: a debugger with busybox can do all of them.',
    },
  );
}

export type ParsedTest = Pick<NetworkTestResult, 'ok' | 'durationMs' | 'output'> & { code: number };

/** Pure. `missing`: the container has no such program. */
export function parseTest(output: string, mark: string): ParsedTest | 'missing' {
  if (output.startsWith(`${mark} missing`)) return 'missing';
  const [head = '', ...rest] = output.split(`\n${mark} end `);
  const [, begin, text = ''] = /^\S+ begin ([\d.]+)\n(.*)$/s.exec(head) ?? [];
  const [, end, code] = /^([\d.]+) (\d+)\n$/.exec(rest.at(-1) ?? '') ?? [];
  if (begin === undefined || end === undefined) throw new AppError('container', 'The try did not come to its end.');
  const durationMs = Math.round((Number(end) - Number(begin)) * 1000);
  return { ok: isFine(Number(code)), code: Number(code), durationMs, output: text.trim() };
}

/** A program of this name that does not know the flags of the one that is meant. */
function isOtherProgram({ ok, output }: ParsedTest): boolean {
  return !ok && /(?:invalid|unrecognized|illegal|unknown) option/i.test(output);
}

/** A program whose output is cut ends by SIGPIPE, or says that it could not write: it had all that it asked for. */
function isFine(code: number): boolean {
  return code === 0 || code === 141;
}

function explain({ kind, host, port = 80 }: NetworkTest, { ok, code, output }: ParsedTest): string {
  const place = kind === 'connect' || kind === 'http' ? `${host}, port ${port},` : host;
  if (ok) {
    const done = {
      lookup: `The name ${host} was found.`,
      connect: `${place} took the connection.`,
      http: `${place} answered.`,
      ping: `${host} answers.`,
    };
    return done[kind];
  }
  if (code === 124 || code === 143 || /timed out/i.test(output))
    return `${place} did not answer in time: nothing is there, or something on the way (a NetworkPolicy, a firewall) swallows it.`;
  if (/refused/i.test(output)) return `${place} refused: the host is there, and nothing listens on that port.`;
  if (/bad address|can't resolve|could not resolve|NXDOMAIN|not known|no such host|server can't find/i.test(output))
    return `The name ${host} is not known to the pod’s name server.`;
  if (/unreachable|no route/i.test(output)) return `There is no way from the pod to ${host}.`;
  if (/not permitted|denied/i.test(output))
    return 'The container may not do that: ping takes NET_RAW, or a kernel that allows it to all.';
  if (kind === 'http' && /HTTP\/|server returned error/i.test(output)) return `${place} answered with an error.`;
  return 'It failed; what the program said is below.';
}
