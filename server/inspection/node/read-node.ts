import { type NodeNamespaces, type NodeProcess, toNodeNamespaces } from '#lib/namespaces/of-node.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { execOutput } from '../../kubernetes/exec-output.ts';
import { getPod } from '../../kubernetes/pod-calls.ts';
import type { PodAddress } from '../../kubernetes/pod-watch.ts';
import { listPodsOfNode } from '../../kubernetes/pods-of-node.ts';
import { lacksProgram } from '../lacks-program.ts';
import { parseProbe, probeScript, type RawProcess, withoutDescendants } from '../probe-script.ts';

/** A node full of pods (110) has some thousand processes; five times that print 10 MB and take 4 s. */
const limits = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024 };
const maxProcesses = 10_000;

/**
 * The probe, and where the kubelet's folders of a pod are mounted: on these two files it mounts one in each container, and
 * a pod can't choose what.
 */
export const nodeScript = `
echo "#mounts"; grep -aHoE '/pods/[0-9a-f-]{32,36}/[^ ]* (/etc/hosts|/dev/termination-log) ' /proc/[0-9]*/mountinfo 2>/dev/null
${probeScript}`;

/** Reads all namespaces of a node through a container that has its process list. */
export async function readNodeNamespaces(
  cluster: Cluster,
  address: PodAddress & { container: string },
): Promise<NodeNamespaces> {
  const { node, settings, containers } = await getPod(cluster, address);
  if (node === undefined || !settings.hostPID) {
    throw new AppError('invalid', `${address.pod} does not have its node's list of processes.`, {
      next: 'Start a debugger on the node: its pod has hostPID.',
    });
  }
  const { stdout, end } = await execOutput(cluster, address, ['sh', '-c', nodeScript], limits);
  if (end.kind === 'failed') throw end.error;
  const read = end.kind === 'exit' ? parseNode(stdout) : undefined;
  if (read === undefined) {
    const why = lacksProgram(end) ? 'it has no shell' : 'its shell did not run the probe to its end';
    throw new AppError('container', `The node can't be read through ${address.container}: ${why}.`, {
      next: 'Start another debugger on the node, with an image that has a shell, such as busybox.',
    });
  }
  // After the processes: who began meanwhile has a name.
  const { pods, unnamed } = await namedPods(cluster, node);
  const isPrivileged = containers.find(({ name }) => name === address.container)?.privileged ?? false;
  return {
    node,
    at: Date.now(),
    ...toNodeNamespaces(read.processes, pods),
    unlisted: read.unlisted,
    isPrivileged,
    unnamed,
  };
}

async function namedPods(cluster: Cluster, node: string) {
  try {
    return { pods: await listPodsOfNode(cluster, node), unnamed: undefined };
  } catch (error) {
    if (error instanceof AppError) return { pods: [], unnamed: error.message };
    throw error;
  }
}

/** Pure. Any text is taken: it comes from a container. Undefined where it is not whole. */
export function parseNode(output: string): { processes: NodeProcess[]; unlisted: number } | undefined {
  const probe = parseProbe(output, maxProcesses);
  if (!probe.isComplete) return undefined;
  const folders = new Map<number, string[]>();
  const mounts = output.slice(0, Math.max(0, output.indexOf('\n#self ')));
  for (const line of mounts.split('\n')) {
    const [, pid, folder = ''] = /^\/proc\/(\d+)\/mountinfo:(\/pods\/\S+) \S+ $/.exec(line) ?? [];
    if (pid === undefined) continue;
    const known = folders.get(Number(pid));
    if (known === undefined) folders.set(Number(pid), [folder]);
    else known.push(folder);
  }
  const processes = withoutDescendants(probe.processes, new Set([probe.self]))
    .filter((process) => isIn(process, probe.uptimeSeconds))
    .map(({ pid, uid, name, commandLine, namespaces, cgroups }) => ({
      pid,
      uid,
      name,
      commandLine,
      namespaces,
      cgroups,
      kubeletFolders: folders.get(pid) ?? [],
    }));
  return { processes, unlisted: probe.unlisted };
}

/** Whether it was in namespaces when they were listed: it had begun by then, and has not ended but for its parent's look. */
function isIn({ state, startTicks }: Pick<RawProcess, 'state' | 'startTicks'>, uptimeSeconds: number): boolean {
  return state !== 'Z' && startTicks < uptimeSeconds * 100;
}
