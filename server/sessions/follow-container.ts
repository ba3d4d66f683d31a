import type { PodDetail } from '#lib/pods.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getLog } from '../kubernetes/pods.ts';
import { attachUntilOver } from './attach-loop.ts';
import { ContainerProgress } from './container-progress.ts';
import { OutputWithHistory } from './output-with-history.ts';
import type { TerminalSession } from './terminal-session.ts';
import { explainTerminated } from './waiting-reason.ts';

/** What a command may print before anybody is attached; more than this comes from one that pours. */
const earlyBytes = 1024 * 1024;

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
  const { cluster, session, pod, isNew } = options;
  const { container } = session.summary;
  const progress = new ContainerProgress(cluster, session, pod);
  const output = new OutputWithHistory(session);
  progress.started.then(
    () => session.isConnected && session.setState({ kind: 'live' }),
    // Told where `over` is waited for.
    () => {},
  );
  const history = isNew ? completeHistory(options, progress, output) : Promise.resolve();
  try {
    const end = await attachUntilOver({
      cluster,
      request: { kind: 'attach', namespace: pod.namespace, pod: pod.name, container, stdin: true, tty: true },
      session,
      onOutput(bytes) {
        output.push(bytes);
        session.setState({ kind: 'live' });
      },
      progress,
    });
    if (session.signal.aborted) return;
    if (end?.kind === 'failed' && end.error instanceof AppError && !progress.isOver()) throw end.error;
    const terminated = await progress.over;
    await history;
    session.setState({ kind: 'ended', ...explainTerminated(terminated) });
  } catch (error) {
    session.setState({ kind: 'ended', exitCode: undefined, reason: 'Failed', error: toWireError(error) });
  } finally {
    progress.close();
  }
}

async function completeHistory(
  { cluster, session }: FollowOptions,
  progress: ContainerProgress,
  output: OutputWithHistory,
): Promise<void> {
  try {
    await progress.started;
    output.complete(await getLog(cluster, session.summary, earlyBytes));
  } catch {
    // Closed, gone, or no right to read logs: then the terminal begins where the attach came in.
    output.complete('');
  }
}
