import type { PodDetail } from '#lib/pods.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import { keptBytes } from '#lib/protocol/limits.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getLog, getLogEnd } from '../kubernetes/pods.ts';
import { attachUntilOver } from './attach-loop.ts';
import { ContainerProgress } from './container-progress.ts';
import { OutputGap } from './output-gap.ts';
import { OutputWithHistory } from './output-with-history.ts';
import type { TerminalSession } from './terminal-session.ts';
import { explainTerminated } from './waiting-reason.ts';

/** What a command may print before anybody is attached; more than this comes from one that pours. */
const earlyBytes = 1024 * 1024;

/** No more than a terminal keeps by default, and as many lines as that usually has. */
const gapLog = { lines: 50_000, maxBytes: keptBytes };

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
  let history = isNew ? completeHistory(options, progress, output) : Promise.resolve();
  let gap: OutputGap | undefined;
  try {
    const end = await attachUntilOver({
      cluster,
      request: { kind: 'attach', namespace: pod.namespace, pod: pod.name, container, stdin: true, tty: true },
      session,
      onOutput(bytes) {
        (gap ?? output).push(bytes);
        session.setState({ kind: 'live' });
      },
      onAgain() {
        gap?.abandon();
        gap = new OutputGap(session);
        history = fillGap(options, gap);
      },
      progress,
    });
    if (session.signal.aborted) return;
    if (end?.kind === 'failed' && end.error instanceof AppError && !progress.isOver()) throw end.error;
    const terminated = await progress.over;
    await history;
    // It ended while nobody was attached.
    if (session.state.kind === 'reconnecting') await fillGap(options, new OutputGap(session));
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

/** The longest that a viewer waits for output that is there: a log is read within a tenth of it. */
const gapTimeoutMs = 5_000;

async function fillGap({ cluster, session }: FollowOptions, gap: OutputGap): Promise<void> {
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(gapTimeoutMs)]);
  try {
    gap.close(await getLogEnd(cluster, session.summary, gapLog, signal));
  } catch (error) {
    gap.giveUp(error instanceof AppError ? error.message : 'its log could not be read in time');
  }
}
