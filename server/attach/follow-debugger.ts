import { madePodGraceSeconds } from '#lib/debug/made-pods.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { deletePod } from '../kubernetes/pod-calls.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { type FollowOptions, followContainer } from './follow-container.ts';

/** Follows a debugger's terminal to its end, and deletes the pod where that was made for it. */
export async function followDebugger(options: FollowOptions): Promise<void> {
  await followContainer(options);
  if (options.session.summary.madePod !== undefined) await cleanUp(options.cluster, options.session);
}

/** Only after a process that has run: where it could not be started, the pod says why. */
async function cleanUp(cluster: Cluster, session: TerminalSession): Promise<void> {
  const { state, summary } = session;
  if (state.kind !== 'ended' || session.signal.aborted) return;
  if (state.error !== undefined) {
    if (state.error.code !== 'gone') session.note(`Pod ${summary.pod} is left as it is; the list of debuggers has it.`);
    return;
  }
  try {
    await deletePod(cluster, summary, madePodGraceSeconds);
    session.note(`Pod ${summary.pod} was made for this terminal and is deleted.`);
  } catch (error) {
    const { message, code } = toWireError(error);
    if (code !== 'gone')
      session.note(`Pod ${summary.pod} could not be deleted: ${message} The list of debuggers has it.`);
  }
}
