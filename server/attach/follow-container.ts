import type { ContainerDetail, PodDetail } from '#lib/pods.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { type AttachOptions, attachUntilOver } from './attach-loop.ts';
import { ContainerProgress } from './container-progress.ts';
import { OutputPath } from './output-path.ts';
import { explainTerminated } from './waiting-reason.ts';

/** The kernel kills all of a process list with its process 1, and the kubelet tells of each container by itself. */
const targetToldMs = 1_500;

export interface FollowOptions {
  cluster: Cluster;
  session: TerminalSession;
  /** As it was when it had the container. */
  pod: PodDetail;
  /** A container that was just made: its output is shown from its first line. */
  isNew: boolean;
}

/** Attaches a terminal to a container that is there, or about to be, and tells how it goes until it is over. */
export async function followContainer(options: FollowOptions): Promise<void> {
  const { cluster, session, pod } = options;
  const progress = new ContainerProgress(cluster, session, pod);
  progress.started.then(
    () => session.isConnected && session.setState({ kind: 'live' }),
    // Told where `over` is waited for.
    () => {},
  );
  const output = new OutputPath({ ...options, started: progress.started });
  try {
    // Before a node knows the pod, an attach is refused for good. A container in a running pod it knows at once.
    if (session.summary.madePod !== undefined) await progress.known;
    const end = await attachUntilOver(toAttach(options, progress, output));
    if (session.signal.aborted) return;
    if (end?.kind === 'failed' && end.error instanceof AppError && !progress.isOver()) throw end.error;
    const terminated = await progress.over;
    if (wasKilled(terminated)) await progress.targetEndsWithin(targetToldMs);
    await output.finish(end?.kind === 'exit');
    session.setState({ kind: 'ended', ...explainTerminated(terminated, progress.target) });
  } catch (error) {
    session.setState({ kind: 'ended', exitCode: undefined, reason: 'Failed', error: toWireError(error) });
  } finally {
    progress.close();
  }
}

function toAttach(
  { cluster, session, pod }: FollowOptions,
  progress: ContainerProgress,
  output: OutputPath,
): AttachOptions {
  const { container } = session.summary;
  return {
    cluster,
    request: { kind: 'attach', namespace: pod.namespace, pod: pod.name, container, stdin: true, tty: true },
    session,
    onOutput(bytes) {
      session.mark('output', 'dashboard');
      output.take(bytes);
      session.setState({ kind: 'live' });
    },
    onOpen(stream) {
      session.mark('attached', 'dashboard');
      output.beginAttach(stream);
    },
    progress,
  };
}

function wasKilled({ state }: ContainerDetail): boolean {
  return state.kind === 'terminated' && state.exitCode === 137;
}
