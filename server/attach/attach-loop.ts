import { BackOff } from '#lib/back-off.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import {
  type ContainerStream,
  openContainerStream,
  type StreamEnd,
  type StreamHandlers,
  type StreamRequest,
} from '../kubernetes/container-stream.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import type { ContainerProgress } from './container-progress.ts';

/**
 * Between two tries while a container starts. The kubelet answers from the runtime's own list, so each try is cheap; some 40 ms
 * are a fraction of the 300-700 ms that a container takes to start. Where it takes longer (a pull, a bad image) the pauses
 * grow to a second, and a change of the pod ends a pause early.
 */
const startTries = { firstMs: 50, lastMs: 1_000, growth: 1.05 };
/**
 * After a break, which all terminals of a cluster may have at once. The first try comes when a network that blinked is there
 * again; with hundreds of terminals, an API server that starts is asked a few hundred times a second.
 */
const returnTries = { firstMs: 200, lastMs: 1_000 };
/**
 * A kubelet that is killed ends its streams as a process that exits does. The status of one that has exited follows
 * within this time: the kubelet looks at its containers each second, and tells the API server at once.
 */
const exitToldMs = 3_000;
/**
 * The API server agrees to an attach before its kubelet does, and one that was started again refuses until it knows its
 * containers: within some 10 ms of being asked, and within this time where the machine is busy. What is typed meanwhile is
 * held, for with a refusal it would be lost. Output says sooner that the attach has taken.
 */
const refusalMs = 1_000;
/** Each try may start the program that the kubeconfig names, which can take a second of a processor. */
const loginPauseMs = 5_000;

export interface AttachOptions {
  cluster: Cluster;
  request: StreamRequest;
  session: TerminalSession;
  /** Takes all output, in order. */
  onOutput(bytes: Uint8Array): void;
  /** Each time that the API server has agreed to an attach: what the process wrote before is not in its output. */
  onOpen(stream: ContainerStream): void;
  progress: ContainerProgress;
}

/**
 * Tries to attach until it takes, and attaches again when the connection breaks, until the process is over or the
 * terminal is closed. "container not found" and "not running" only mean: not yet. Returns how it ended; rights are not
 * waited for, and credentials only where they were good before: a token has run out, and somebody logs in again.
 */
export async function attachUntilOver(options: AttachOptions): Promise<StreamEnd | undefined> {
  const { session, progress } = options;
  const starting = new BackOff(startTries);
  const returning = new BackOff(returnTries);
  while (!session.signal.aborted) {
    const end = await attachOnce(options);
    session.disconnect();
    if (end === undefined) return undefined;
    if (end.kind === 'exit') await progress.overWithin(exitToldMs);
    const before = session.state;
    const isStarting = before.kind === 'starting';
    const problem = end.kind === 'failed' && end.error instanceof AppError ? end.error : undefined;
    const needsLogin = problem?.code === 'credentials' && !isStarting;
    if (progress.isOver() || (problem !== undefined && problem.code !== 'unreachable' && !needsLogin)) return end;
    if (!isStarting) {
      const since = before.kind === 'reconnecting' ? before.since : Date.now();
      session.setState({ kind: 'reconnecting', since, ...(needsLogin ? { problem: toWireError(problem) } : {}) });
    }
    // It was live: this break is the first.
    if (before.kind === 'live') returning.reset();
    const pauseMs = (isStarting ? starting : returning).next();
    await progress.pause(needsLogin ? loginPauseMs : pauseMs);
  }
  return undefined;
}

/** One attach from open to end; undefined when the terminal was closed meanwhile. */
async function attachOnce({
  cluster,
  request,
  session,
  onOutput,
  onOpen,
  progress,
}: AttachOptions): Promise<StreamEnd | undefined> {
  const { promise, resolve } = Promise.withResolvers<StreamEnd | undefined>();
  const leave = () => resolve(undefined);
  session.signal.addEventListener('abort', leave);
  let stream: ContainerStream | undefined;
  let settling: NodeJS.Timeout | undefined;
  const handlers: StreamHandlers = {
    onOpen(opened) {
      session.connect(opened);
      onOpen(opened);
      // A process that prints nothing is live as well: it runs, and the kubelet has not refused us.
      const goLive = () => progress.isStarted && session.setState({ kind: 'live' });
      if (session.state.kind === 'reconnecting') settling = setTimeout(goLive, refusalMs);
      else goLive();
      // As kubectl does: it makes a shell draw the prompt that was printed before.
      if (request.tty) session.nudge();
    },
    onOutput,
    onEnd: resolve,
  };
  try {
    stream = await openContainerStream(cluster, request, handlers, session.signal);
    return await promise;
  } catch (error) {
    if (session.signal.aborted) return undefined;
    if (error instanceof AppError) return { kind: 'failed', error };
    throw error;
  } finally {
    clearTimeout(settling);
    session.signal.removeEventListener('abort', leave);
    stream?.close();
  }
}
