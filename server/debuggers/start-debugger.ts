import { toDebugCommand } from '#lib/debug/kubectl.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import { followDebugger } from '../attach/follow-debugger.ts';
import type { TerminalPlace } from '../attach/terminal-place.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { deletePod } from '../kubernetes/pod-calls.ts';
import type { PodAddress } from '../kubernetes/pod-watch.ts';
import type { StarterScreen } from '../terminals/screen.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { prepareDebugger } from './prepare-debugger.ts';

export interface LaunchedDebugger {
  address: PodAddress;
  /** Undefined: a copy in which only images are changed has nothing to attach to. */
  session: TerminalSession | undefined;
}

/**
 * Starts a debugger, and returns its terminal as soon as the API server has taken it; attaching goes on from there. What can
 * be known to be wrong is refused before anything is changed.
 */
export async function startDebugger(
  { cluster, sessions, owner }: TerminalPlace,
  request: DebugRequest & StarterScreen,
): Promise<LaunchedDebugger> {
  sessions.requireRoom(owner);
  const askedAt = Date.now();
  const { address, container, send } = await prepareDebugger(cluster, request);
  const { pod } = await send('keep');
  const acceptedAt = Date.now();
  const replaced = request.kind === 'copy' && request.replace ? await replaceOriginal(cluster, request) : undefined;
  if (container === undefined) {
    if (replaced !== undefined) throw replaced;
    return { address, session: undefined };
  }
  const session = sessions.create(
    owner,
    {
      kind: 'debug',
      context: request.context,
      ...address,
      container,
      image: pod.containers.find(({ name }) => name === container)?.image,
      target: request.kind === 'ephemeral' ? request.target : undefined,
      command: toDebugCommand(request),
      madePod: request.kind === 'ephemeral' ? undefined : request.kind,
    },
    request,
  );
  session.mark('asked', 'dashboard', { at: askedAt });
  session.mark('accepted', 'dashboard', { at: acceptedAt });
  if (replaced !== undefined) session.note(replaced.message);
  void followDebugger({ cluster, session, pod, isNew: true });
  return { address, session };
}

/** As kubectl does: at once, once there is a copy. Returns why it could not be done: the copy is there all the same. */
async function replaceOriginal(cluster: Cluster, { namespace, pod }: PodAddress): Promise<AppError | undefined> {
  try {
    await deletePod(cluster, { namespace, pod }, 0);
    return undefined;
  } catch (cause) {
    const { code, message } = toWireError(cause);
    return new AppError(code, `The copy was made, but pod ${pod} could not be deleted: ${message}`, { cause });
  }
}
