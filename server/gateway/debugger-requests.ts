import { type DebugPolicy, explainNotAllowed } from '#lib/debug/policy.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalPlace } from '../attach/terminal-place.ts';
import { checkDebugger } from '../debuggers/check-debugger.ts';
import { deleteMadePod, recreatePod } from '../debuggers/delete-pods.ts';
import { endDebugger } from '../debuggers/end-process.ts';
import { mirrorForDebugger } from '../debuggers/mirror-for-debugger.ts';
import { observeAbilities } from '../debuggers/observe-abilities.ts';
import { listRunningDebuggers } from '../debuggers/running-debuggers.ts';
import { startDebugger } from '../debuggers/start-debugger.ts';
import { findPodOf } from '../kubernetes/workloads.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { Caller } from './caller.ts';
import type { BrowserSocket, SocketRequests } from './socket-requests.ts';

export interface DebuggerDependencies {
  sessions: SessionRegistry;
  policy: DebugPolicy;
}

/** Debuggers: tried, started, listed and ended. */
export function answerDebuggers(
  socket: BrowserSocket,
  requests: SocketRequests,
  { sessions, policy }: DebuggerDependencies,
): void {
  const placeIn = (caller: Caller, context: string): TerminalPlace => ({
    cluster: caller.clusters.get(context),
    sessions,
    owner: caller,
  });

  requests.answer('debug:start', async (request, caller) => {
    requireAllowed(policy, request);
    const place = placeIn(caller, request.context);
    const { address, session } = await startDebugger(place, { ...request, starter: socket.id });
    return { ...address, terminal: session?.summary };
  });
  requests.answer('debug:check', (request, { clusters }) => {
    requireAllowed(policy, request);
    return checkDebugger(clusters.get(request.context), request, policy.profiles);
  });
  requests.answer('workload:pod', async ({ context, namespace, ...workload }, { clusters }) => ({
    pod: (await findPodOf(clusters.get(context), namespace, workload)).name,
  }));
  requests.answer('container:mirror', ({ context, ...address }, { clusters }) =>
    mirrorForDebugger(clusters.get(context), address),
  );
  requests.answer('abilities:observe', ({ context, ...address }, { clusters }) =>
    observeAbilities(clusters.get(context), address),
  );
  requests.answer('debuggers:list', ({ context }, caller) => listRunningDebuggers(placeIn(caller, context)));
  requests.answer('debugger:end', async ({ context, ...address }, { clusters }) => {
    await endDebugger(clusters.get(context), address);
    return null;
  });
  requests.answer('debug-pod:delete', async ({ context, ...address }, { clusters }) => {
    await deleteMadePod(clusters.get(context), address);
    return null;
  });
  requests.answer('pod:recreate', async ({ context, ...address }, { clusters }) => {
    await recreatePod(clusters.get(context), address);
    return null;
  });
}

function requireAllowed(policy: DebugPolicy, request: DebugRequest): void {
  const problem = explainNotAllowed(policy, request);
  if (problem === undefined) return;
  throw new AppError('policy', problem, { next: 'Choose another, or ask whoever runs this dashboard.' });
}
