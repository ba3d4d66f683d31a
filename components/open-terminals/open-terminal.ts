import type { ContainerAddress } from '#lib/debug/kubectl.ts';
import type { DebugRequest, StartedDebugger } from '#lib/debug/request.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { getConnection } from '../connection/connection.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { useTerminalStore } from './terminal-store.ts';

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
