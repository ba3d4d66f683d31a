import { type DebugPolicy, explainNotAllowed } from '#lib/debug/policy.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { attachToContainer, execInContainer } from '../attach/attach-and-exec.ts';
import { checkDebugger } from '../debuggers/check-debugger.ts';
import { deleteMadePod, recreatePod } from '../debuggers/delete-pods.ts';
import { endDebugger, endProcessOf } from '../debuggers/end-process.ts';
import { mirrorForDebugger } from '../debuggers/mirror-for-debugger.ts';
import { observeAbilities } from '../debuggers/observe-abilities.ts';
import { listRunningDebuggers } from '../debuggers/running-debuggers.ts';
import { startDebugger } from '../debuggers/start-debugger.ts';
import type { ClusterRegistry } from '../kubernetes/cluster-registry.ts';
import { findPodOf } from '../kubernetes/workloads.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { startRecording, stopRecording } from '../terminals/record-terminal.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { Answerer, BrowserSocket } from './answer.ts';

export interface TerminalDependencies {
  clusters: ClusterRegistry;
  sessions: SessionRegistry;
  recordings: RecordingStore;
  policy: DebugPolicy;
}

export function answerTerminals(
  socket: BrowserSocket,
  answerer: Answerer,
  { clusters, sessions, recordings, policy }: TerminalDependencies,
): void {
  answerer.answer('debug:start', async (request) => {
    requireAllowed(policy, request);
    const asked = { ...request, starter: socket.id };
    const { address, session } = await startDebugger(clusters.get(request.context), sessions, asked);
    return { ...address, terminal: session?.summary };
  });
  answerer.answer('workload:pod', async ({ context, namespace, ...workload }) => ({
    pod: (await findPodOf(clusters.get(context), namespace, workload)).name,
  }));
  answerer.answer('container:mirror', ({ context, ...address }) => mirrorForDebugger(clusters.get(context), address));
  answerer.answer('debug:check', (request) => {
    requireAllowed(policy, request);
    return checkDebugger(clusters.get(request.context), request, policy.profiles);
  });
  answerer.answer('terminal:attach', async (request) => {
    return (await attachToContainer(clusters.get(request.context), sessions, { ...request, starter: socket.id }))
      .summary;
  });
  answerer.answer('terminal:exec', async (request) => {
    return (await execInContainer(clusters.get(request.context), sessions, { ...request, starter: socket.id })).summary;
  });
  answerer.answer('terminal:list', () => sessions.list());
  answerer.answer('terminal:open', ({ session, ...seen }) => {
    return sessions.get(session).open(socket.id, seen, {
      output: (position, bytes, historyEnd) =>
        socket.emit('terminal:output', { session, position, bytes: toBuffer(bytes), historyEnd }),
      screen: (screen) => socket.emit('terminal:snapshot', { ...screen, session, bytes: toBuffer(screen.bytes) }),
      audience: (audience) => socket.emit('terminal:audience', { ...audience, session, you: socket.id }),
    });
  });
  answerer.answer('terminal:leave', ({ session }) => {
    sessions.get(session).leave(socket.id);
    return null;
  });
  answerer.answer('terminal:acknowledge', ({ session, position }) => {
    sessions.get(session).acknowledge(socket.id, position);
    return null;
  });
  answerer.answer('terminal:input', async ({ session, bytes }) => {
    await sessions.get(session).write(socket.id, bytes);
    return null;
  });
  answerer.answer('terminal:resize', ({ session, columns, rows }) => {
    sessions.get(session).resize(socket.id, { columns, rows });
    return null;
  });
  answerer.answer('terminal:close', ({ session }) => {
    sessions.close(session);
    return null;
  });
  answerer.answer('terminal:end', async ({ session }) => {
    const { summary, state } = sessions.get(session);
    if (state.kind !== 'ended') await endProcessOf(clusters.get(summary.context), summary);
    sessions.close(session);
    return null;
  });
  answerer.answer('debuggers:list', ({ context }) => listRunningDebuggers(clusters.get(context), sessions));
  answerer.answer('debugger:end', async ({ context, ...address }) => {
    await endDebugger(clusters.get(context), address);
    return null;
  });
  answerer.answer('debug-pod:delete', async ({ context, ...address }) => {
    await deleteMadePod(clusters.get(context), address);
    return null;
  });
  answerer.answer('pod:recreate', async ({ context, ...address }) => {
    await recreatePod(clusters.get(context), address);
    return null;
  });
  answerer.answer('terminal:record', async ({ session: id, on }) => {
    const session = sessions.get(id);
    if (on) await startRecording(session, recordings, clusters.get(session.summary.context).summary.user);
    else await stopRecording(session);
    return null;
  });
  answerer.answer('recordings:list', () => recordings.list());
  answerer.answer('recording:delete', async ({ recording }) => {
    await recordings.delete(recording);
    return null;
  });
  answerer.answer('terminal:ask', ({ session }) => {
    sessions.get(session).ask(socket.id);
    return null;
  });
  answerer.answer('terminal:hand', ({ session, to }) => {
    sessions.get(session).hand(socket.id, to);
    return null;
  });
  answerer.answer('abilities:observe', ({ context, ...address }) => observeAbilities(clusters.get(context), address));

  socket.on('disconnect', () => sessions.leaveAll(socket.id));
}

function requireAllowed(policy: DebugPolicy, request: DebugRequest): void {
  const problem = explainNotAllowed(policy, request);
  if (problem === undefined) return;
  throw new AppError('policy', problem, { next: 'Choose another, or ask whoever runs this dashboard.' });
}

/** The msgpack encoder sends a plain Uint8Array as another type, and with all of the memory that it is a view of. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
