import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { runningContainers } from '#lib/pods.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { StreamEnd } from '../kubernetes/container-stream.ts';
import { execOutput } from '../kubernetes/exec-output.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import { lacksProgram } from './lacks-program.ts';
import { type ContainerProbe, type ContainerProbes, toObservation } from './pod-reading.ts';
import { parseProbe, probeScript } from './probe-script.ts';

/** An exec of this script takes 0.2 s; a node under load is given fifty times that. 2,000 processes print under 2 MB. */
const limits = { timeoutMs: 10_000, maxBytes: 8 * 1024 * 1024 };

/** Reads the namespaces of all that can be reached in a pod, through a shell in each container that has one. */
export async function probePod(cluster: Cluster, address: PodAddress): Promise<NamespaceObservation> {
  const pod = await getPod(cluster, address);
  return toObservation(pod, await probeContainers(cluster, address, runningContainers(pod)));
}

/** Reads what each of these containers sees. One that can't be read is among them, with the reason. */
export async function probeContainers(
  cluster: Cluster,
  address: PodAddress,
  names: string[],
): Promise<ContainerProbes> {
  const probes = names.map(
    async (name) => [name, await probeContainer(cluster, { ...address, container: name })] as const,
  );
  return new Map(await Promise.all(probes));
}

async function probeContainer(cluster: Cluster, address: PodAddress & { container: string }): Promise<ContainerProbe> {
  try {
    const { stdout, end } = await execOutput(cluster, { ...address, command: ['sh', '-c', probeScript] }, limits);
    if (end.kind !== 'exit') return explainRefusal(address.container, end);
    const probe = parseProbe(stdout);
    if (probe.isComplete) return { kind: 'read', probe };
    return unreadable(address.container, 'its shell did not run the probe to its end');
  } catch (error) {
    return explainFailure(address.container, error instanceof Error ? error : new Error(String(error)));
  }
}

function explainRefusal(container: string, end: Exclude<StreamEnd, { kind: 'exit' }>): ContainerProbe {
  if (end.kind === 'failed') return explainFailure(container, end.error);
  if (lacksProgram(end)) return unreadable(container, 'its image has no shell');
  return unreadable(container, end.message);
}

/** What a later try may overcome. A missing right or a missing shell stays as it is. */
const passing: readonly ErrorCode[] = ['unreachable', 'credentials', 'timeout'];

function explainFailure(container: string, error: Error): ContainerProbe {
  if (!(error instanceof AppError)) return { ...unreadable(container, error.message), mayPass: true };
  const { code, message, next = 'Try again.' } = error;
  return { kind: 'unreadable', why: message, next, mayPass: passing.includes(code) };
}

function unreadable(container: string, why: string): ContainerProbe & { kind: 'unreadable' } {
  return {
    kind: 'unreadable',
    why: `${container} can’t be read from inside: ${why}.`,
    next: `Start a debugger with target ${container} and profile general; it reads ${container} from outside.`,
    mayPass: false,
  };
}
