import { toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { endProcessOf } from './end-process.ts';

/** A debugger is ended this part of the time late at most. */
const lateness = 0.1;

/**
 * Ends the debuggers in which nothing has been typed or printed for so long, by their own processes. A page that only looks
 * doesn't keep one alive. Returns what stops that.
 */
export function endIdleDebuggers(
  registry: SessionRegistry,
  findCluster: (terminal: TerminalSummary) => Cluster,
  idleMs: number,
): () => void {
  const ending = new Set<TerminalSession>();
  const look = () => {
    for (const session of registry.sessions) {
      const { summary, state, quietSince } = session;
      if (summary.kind !== 'debug' || state.kind !== 'live' || ending.has(session)) continue;
      if (Date.now() - quietSince < idleMs) continue;
      ending.add(session);
      void end(session, findCluster, idleMs).finally(() => ending.delete(session));
    }
  };
  const timer = setInterval(look, idleMs * lateness);
  return () => clearInterval(timer);
}

async function end(
  session: TerminalSession,
  findCluster: (terminal: TerminalSummary) => Cluster,
  idleMs: number,
): Promise<void> {
  const minutes = `${Number((idleMs / 60_000).toFixed(1))} minutes`;
  try {
    session.note(
      `Nothing was typed or printed for ${minutes}: this debugger is ended, as this dashboard is set up to do.`,
    );
    await endProcessOf(findCluster(session.summary), session.summary);
  } catch (error) {
    // It is tried again after as long a time.
    session.keepAlive();
    session.note(`It could not be ended: ${toWireError(error).message}`);
  }
}
