import type { ContainerAddress } from '#lib/debug/kubectl.ts';
import type { DebugRequest, StartedDebugger } from '#lib/debug/request.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { getConnection } from '../connection/connection.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { useTerminalStore, watchTokenFor } from './terminal-store.ts';

/** Starts a debugger and shows its terminal, where it has one. Rejects with an error for the dialog. */
export async function startDebugger(request: DebugRequest): Promise<StartedDebugger> {
  const { size } = useTerminalStore.getState();
  const started = await getConnection().ask('debug:start', { ...request, ...size });
  if (started.terminal === undefined) return started;
  show(started.terminal);
  await terminalHasKeys();
  return started;
}

/** The dialog closes after this long even if the dock can't be fetched. */
const drawTimeoutMs = 5_000;

/** Resolves once the terminal in front takes the keys. Until then, keys belong to the dialog. */
function terminalHasKeys(): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(finish, drawTimeoutMs);
    const stop = useTerminalStore.subscribe(({ wantsFocus }) => !wantsFocus && finish());
    if (!useTerminalStore.getState().wantsFocus) finish();
  });
}

/** Puts the terminal of a debugger in front, or attaches where there is no terminal yet. */
export async function joinDebugger(address: ContainerAddress): Promise<void> {
  const { terminals } = useTerminalStore.getState();
  const known = terminals.find(
    (one) =>
      one.kind === 'debug' &&
      one.state.kind !== 'ended' &&
      one.context === address.context &&
      one.namespace === address.namespace &&
      one.pod === address.pod &&
      one.container === address.container,
  );
  if (known === undefined) await attachTerminal(address);
  else show(known);
}

export async function attachTerminal(address: ContainerAddress): Promise<void> {
  const { size } = useTerminalStore.getState();
  await showOrExplain(
    `Could not attach to ${address.container}`,
    getConnection().ask('terminal:attach', { ...address, ...size }),
  );
}

export async function openShell(address: ContainerAddress): Promise<void> {
  const { size } = useTerminalStore.getState();
  await showOrExplain(
    `Could not open a shell in ${address.container}`,
    getConnection().ask('terminal:exec', { ...address, command: ['sh'], ...size }),
  );
}

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

async function showOrExplain(title: string, asked: Promise<TerminalSummary>): Promise<void> {
  try {
    show(await asked);
  } catch (error) {
    useActionError.getState().show(title, toWireError(error));
  }
}

function show(summary: TerminalSummary): void {
  const store = useTerminalStore.getState();
  // The fact about the terminal may have come first, with a newer state.
  if (!store.terminals.some((one) => one.session === summary.session)) store.put(summary);
  store.show(summary.session);
}
