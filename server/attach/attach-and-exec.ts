import { toAttachCommand, toExecCommand } from '#lib/debug/kubectl.ts';
import { madePodKindOf } from '#lib/debug/made-pods.ts';
import { explainExitCode } from '#lib/exit-code.ts';
import type { ContainerDetail, PodDetail } from '#lib/pods.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { RequestOf } from '#lib/protocol/requests/all.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { openContainerStream, type StreamEnd } from '../kubernetes/container-stream.ts';
import { getPod } from '../kubernetes/pod-calls.ts';
import type { StarterScreen } from '../terminals/screen.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import { followDebugger } from './follow-debugger.ts';
import { markShell } from './mark-shell.ts';
import type { TerminalPlace } from './terminal-place.ts';
import { adviceFor } from './waiting-reason.ts';

/** A terminal on the process that a container already runs. */
export async function attachToContainer(
  { cluster, sessions, owner }: TerminalPlace,
  request: RequestOf<'terminal:attach'> & StarterScreen,
): Promise<TerminalSession> {
  const { pod, container } = await findRunning(cluster, request);
  if (!container.tty || !container.stdin) {
    throw new AppError(
      'invalid',
      `Container ${container.name} was started without ${container.tty ? 'stdin' : 'a terminal'}, so there is nothing to type into.`,
      {
        next: 'Open a shell in it, or start a debugger that targets it.',
      },
    );
  }
  const madePod = madePodKindOf(pod, container.name);
  const session = sessions.create(
    owner,
    {
      ...about(request, container),
      kind: container.kind === 'ephemeral' || madePod !== undefined ? 'debug' : 'attach',
      command: toAttachCommand(request),
      madePod,
    },
    request,
  );
  void followDebugger({ cluster, session, pod, isNew: false });
  return session;
}

/** A terminal on a new process in a running container. */
export async function execInContainer(
  { cluster, sessions, owner }: TerminalPlace,
  request: RequestOf<'terminal:exec'> & StarterScreen,
): Promise<TerminalSession> {
  const { container } = await findRunning(cluster, request);
  const { command } = request;
  const shell = markShell(command);
  const session = sessions.create(
    owner,
    { ...about(request, container), kind: 'exec', command: toExecCommand(request, command), mark: shell.mark },
    request,
  );
  session.setState({ kind: 'starting', step: `Starting ${command.join(' ')}` });
  void runExec(cluster, session, { ...request, command: shell.command });
  return session;
}

function about(request: RequestOf<'terminal:attach'>, container: ContainerDetail) {
  const { context, namespace, pod } = request;
  return { context, namespace, pod, container: container.name, image: container.image, target: container.target };
}

async function findRunning(
  cluster: Cluster,
  address: RequestOf<'terminal:attach'>,
): Promise<{ pod: PodDetail; container: ContainerDetail }> {
  const pod = await getPod(cluster, address);
  const container = pod.containers.find((candidate) => candidate.name === address.container);
  const name = `${address.namespace}/${address.pod}`;
  if (container === undefined) throw new AppError('gone', `Pod ${name} has no container ${address.container}.`);
  if (container.state.kind === 'running') return { pod, container };
  throw new AppError('container', `Container ${container.name} of pod ${name} is not running.`, {
    next: 'Its log may say why; a debugger can be started beside it while the pod lives.',
  });
}

async function runExec(cluster: Cluster, session: TerminalSession, request: RequestOf<'terminal:exec'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<StreamEnd>();
  try {
    const { namespace, pod, container, command } = request;
    const stream = await openContainerStream(
      cluster,
      { kind: 'exec', namespace, pod, container, command, stdin: true, tty: true },
      {
        onOpen(stream) {
          session.connect(stream);
          stream.resize(session.size.columns, session.size.rows);
          session.setState({ kind: 'live' });
        },
        onOutput: (bytes) => session.append(bytes),
        onEnd: resolve,
      },
      session.signal,
    );
    session.signal.addEventListener('abort', () => stream.close());
    const end = await promise;
    session.disconnect();
    endExec(session, request, end);
  } catch (error) {
    session.setState({ kind: 'ended', exitCode: undefined, reason: 'Failed', error: toWireError(error) });
  }
}

function endExec(session: TerminalSession, request: RequestOf<'terminal:exec'>, end: StreamEnd): void {
  // A new process is not the old one: an exec can't be resumed as an attach can.
  if (end.kind === 'failed') throw end.error;
  if (end.kind === 'exit') {
    const { exitCode } = end;
    const why = exitCode === undefined ? undefined : explainExitCode(exitCode);
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    session.setState({ kind: 'ended', exitCode, reason, ...(why === undefined ? {} : { why }) });
    return;
  }
  const { command, container } = request;
  const error = new AppError(
    'container',
    `${command[0]} could not be started in container ${container}: ${end.message}`,
    {
      next: `${adviceFor(end.message)} A debugger that targets ${container} brings its own tools.`,
    },
  );
  session.setState({ kind: 'ended', exitCode: undefined, reason: 'Refused', error: toWireError(error) });
}
