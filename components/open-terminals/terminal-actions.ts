import { toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { getConnection } from '../connection/connection.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { useTerminalStore, watchTokenFor } from './terminal-store.ts';

/** Closes a terminal. Where a process of its own runs in it, asks first whether that shall end. */
export async function closeTerminal(summary: TerminalSummary): Promise<void> {
  const { kind, state, session, madePod } = summary;
  if (useTerminalStore.getState().watched === session) return;
  const isRunning = state.kind === 'live' || state.kind === 'reconnecting' || (madePod && state.kind === 'starting');
  // A terminal on the application's own process never ends it, so there is nothing to ask.
  if (isRunning && kind !== 'attach') useTerminalStore.getState().set({ closing: session });
  else await leaveTerminal(session);
}

/** Ends the process. Rejects with an error for the dialog. */
export async function endTerminal(session: string): Promise<void> {
  await getConnection().ask('terminal:end', { session });
}

/** What a link needs that only lets somebody watch this terminal. A page that came by such a link can pass it on. */
export async function shareTerminal(session: string): Promise<string> {
  const own = watchTokenFor(session);
  if (own !== undefined) return own;
  return (await getConnection().ask('terminal:share', { session })).watch;
}

/** Begins or ends a recording of a terminal's output. */
export async function recordTerminal(session: string, on: boolean): Promise<void> {
  try {
    await getConnection().ask('terminal:record', { session, on });
  } catch (error) {
    useActionError.getState().show('Could not record the terminal', toWireError(error));
  }
}

/** Cancels a start. A pod that was made for it is deleted; a container can't be removed from its pod. */
export async function cancelStart({ session, madePod }: TerminalSummary): Promise<void> {
  if (madePod === undefined) return leaveTerminal(session);
  try {
    await endTerminal(session);
  } catch (error) {
    useActionError.getState().show('Could not delete the pod', toWireError(error));
  }
}

/** Forgets the terminal. The process in it goes on. */
export async function leaveTerminal(session: string): Promise<void> {
  try {
    await getConnection().ask('terminal:close', { session });
  } catch (error) {
    useActionError.getState().show('Could not close the terminal', toWireError(error));
  }
}
