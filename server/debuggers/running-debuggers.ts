import { type MadePodKind, madePodKind } from '#lib/debug/made-pods.ts';
import type { DebuggerList, RunningDebugger } from '#lib/debug/running-debuggers.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalPlace } from '../attach/terminal-place.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { listPods } from '../kubernetes/pod-calls.ts';

/** The terminal that the owner has on a debugger's own process. */
type FindTerminal = (pod: PodDetail, container: string) => RunningDebugger['terminal'];

/** The debuggers that run in a cluster, longest first: all that the user may see. */
export async function listRunningDebuggers(place: TerminalPlace): Promise<DebuggerList> {
  const { cluster } = place;
  const findTerminal = terminalsOf(place);
  try {
    return { debuggers: await listIn(cluster, undefined, findTerminal), namespace: undefined };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error;
    const namespace = cluster.summary.namespace ?? 'default';
    return { debuggers: await listIn(cluster, namespace, findTerminal), namespace };
  }
}

function terminalsOf({ cluster, sessions, owner }: TerminalPlace): FindTerminal {
  return ({ namespace, name: pod }, container) => {
    const address = { owner: owner.id, context: cluster.summary.name, namespace, pod, container };
    const session = sessions.ofDebugger(address);
    return session && { session: session.id, viewers: session.viewers.count, quietSince: session.quietSince };
  };
}

async function listIn(
  cluster: Cluster,
  namespace: string | undefined,
  findTerminal: FindTerminal,
): Promise<RunningDebugger[]> {
  const debuggers: RunningDebugger[] = [];
  for await (const pod of listPods(cluster, namespace)) {
    const made = madePodKind(pod);
    if (made !== undefined) debuggers.push(toMadePod(pod, made, findTerminal));
    for (const { name, kind, image, target, state } of pod.containers) {
      if (kind !== 'ephemeral' || state.kind !== 'running') continue;
      debuggers.push({
        kind,
        namespace: pod.namespace,
        pod: pod.name,
        container: name,
        image,
        target,
        copiedFrom: undefined,
        status: undefined,
        node: pod.node,
        startedAt: state.startedAt,
        terminal: findTerminal(pod, name),
      });
    }
  }
  return debuggers.sort((a, b) => a.startedAt - b.startedAt);
}

/** Whatever it does: what is left over is to be deleted. */
function toMadePod(pod: PodDetail, kind: MadePodKind, findTerminal: FindTerminal): RunningDebugger {
  const main = pod.containers.filter((container) => container.kind === 'main');
  const takesKeys = main.filter(({ stdin, tty }) => stdin && tty);
  // Where nobody has said which it is, an application’s own would come first.
  const debugged = takesKeys.find(({ name }) => name === pod.debugContainer) ?? takesKeys.at(-1);
  return {
    kind,
    namespace: pod.namespace,
    pod: pod.name,
    container: debugged?.name,
    image: (debugged ?? main[0])?.image ?? '',
    target: undefined,
    copiedFrom: pod.copiedFrom,
    status: pod.deletedAt === undefined ? pod.status : 'Terminating',
    node: pod.node,
    startedAt: pod.createdAt,
    terminal: debugged && findTerminal(pod, debugged.name),
  };
}
