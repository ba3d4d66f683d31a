import { BackOff } from '#lib/back-off.ts';
import { pause } from '#lib/pause.ts';
import type { PodDetail } from '#lib/pods.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import type { SavedTerminal } from '../terminals/saved-terminal.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { followDebugger } from './follow-debugger.ts';

/** While the API server is away; as often as an attach is tried again. All terminals of the last run ask for it at once. */
const retry = { firstMs: 250, lastMs: 1_000 };

/**
 * Goes on with a terminal that an earlier run of the server had: finds its container, attaches again, and takes what it
 * printed meanwhile from its log. A shell by exec is lost with its connection.
 */
export function restoreTerminal(
  saved: SavedTerminal,
  registry: SessionRegistry,
  findCluster: (terminal: TerminalSummary) => Cluster,
): TerminalSession {
  const session = registry.restore(saved);
  if (saved.about.kind === 'exec') {
    endLostShell(session);
    return session;
  }
  session.setState({ kind: 'reconnecting', since: Date.now() });
  void goOn(session, findCluster);
  return session;
}

function endLostShell(session: TerminalSession): void {
  const { container } = session.summary;
  const error = new AppError(
    'container',
    `The connection to this shell in ${container} ended with the last run of Ephemera’s server.`,
    { next: 'A shell by exec can’t be reached again: start a new one. A debugger’s own terminal can.' },
  );
  session.setState({ kind: 'ended', exitCode: undefined, reason: 'Lost', error: toWireError(error) });
}

async function goOn(session: TerminalSession, findCluster: (terminal: TerminalSummary) => Cluster): Promise<void> {
  try {
    const cluster = findCluster(session.summary);
    const pod = await findPod(cluster, session);
    if (pod !== undefined) await followDebugger({ cluster, session, pod, isNew: false });
  } catch (error) {
    session.setState({ kind: 'ended', exitCode: undefined, reason: 'Failed', error: toWireError(error) });
  }
}

/** Undefined once the terminal is closed. */
async function findPod(cluster: Cluster, session: TerminalSession): Promise<PodDetail | undefined> {
  const backOff = new BackOff(retry);
  while (!session.signal.aborted) {
    try {
      return await getPod(cluster, session.summary, session.signal);
    } catch (error) {
      if (session.signal.aborted) break;
      if (!(error instanceof AppError) || error.code !== 'unreachable') throw error;
    }
    await pause(backOff.next(), session.signal);
  }
  return undefined;
}
