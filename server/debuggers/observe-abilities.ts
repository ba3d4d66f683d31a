import type { Ability } from '#lib/debug/abilities.ts';
import { describeSeen, type SeenAbilities } from '#lib/debug/observed-abilities.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { execOutput } from '../kubernetes/exec-output.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';

/** A node has thousands of processes; so many say enough. */
const mostProcesses = 50;

/**
 * Tries with each process outside of the container whether it can be signalled (signal 0 does nothing) and whether its root
 * opens. Its own are told by their mount namespace. Nothing but a shell, readlink, id and sed is needed.
 */
const script = `
own=$(readlink /proc/self/ns/mnt)
echo "own $(id -u) $(sed -n 's/^CapEff:[^0-9a-f]*//p' /proc/self/status) $(cat /proc/sys/kernel/yama/ptrace_scope 2>/dev/null || echo 0)"
count=0
for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  [ "$(readlink "$folder/ns/mnt" 2>/dev/null)" = "$own" ] && continue
  [ -e "$folder/stat" ] || continue
  count=$((count + 1))
  [ $count -gt ${mostProcesses} ] && { echo more; break; }
  kill -0 "$pid" 2>/dev/null && signal=yes || signal=no
  [ -d "$folder/root/." ] && files=yes || files=no
  echo "process $pid $signal $files"
done
echo end
`;

/** A second per process would be a node on its knees; a line per process has some 20 bytes. */
const limits = { timeoutMs: 15_000, maxBytes: 16 * 1024 };

/** What a debugger can do now, tried in it by a shell. */
export async function observeAbilities(
  cluster: Cluster,
  address: PodAddress & { container: string },
): Promise<Ability[]> {
  const { stdout, end } = await execOutput(cluster, address, ['sh', '-c', script], limits);
  if (end.kind === 'failed') throw end.error;
  const seen = parseSeen(stdout);
  if (seen !== undefined) return describeSeen(seen);
  const why = end.kind === 'refused' ? end.message : 'its answer can’t be read';
  throw new AppError('container', `What ${address.container} can do could not be tried: ${why}.`, {
    next: 'It takes a shell (sh) in the debugger’s image.',
  });
}

function parseSeen(output: string): SeenAbilities | undefined {
  const lines = output.split('\n');
  const [, user, capabilities, scope] = /^own (\d+) ([0-9a-f]{16}) (\d)$/.exec(lines[0] ?? '') ?? [];
  if (user === undefined || !lines.includes('end')) return undefined;
  const processes = lines.flatMap((line) => {
    const [, pid, signal, files] = /^process (\d+) (yes|no) (yes|no)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), canSignal: signal === 'yes', canOpen: files === 'yes' }];
  });
  return {
    user: Number(user),
    capabilities: BigInt(`0x${capabilities}`),
    ptraceScope: Number(scope),
    processes,
    isMore: lines.includes('more'),
  };
}
