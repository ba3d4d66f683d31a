import { attachToContainer, execInContainer } from '../attach/attach-and-exec.ts';
import { endProcessOf } from '../debuggers/end-process.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { startRecording, stopRecording } from '../terminals/record-terminal.ts';
import type { SessionRegistry } from '../terminals/session-registry.ts';
import type { ViewerSink } from '../terminals/viewer.ts';
import type { BrowserSocket, SocketRequests } from './socket-requests.ts';
import type { TerminalRights } from './terminal-rights.ts';
import type { WatchTokens } from './watch-tokens.ts';

export interface TerminalDependencies {
  sessions: SessionRegistry;
  recordings: RecordingStore;
  rights: TerminalRights;
  tokens: WatchTokens;
}

/** Terminals: made, looked at, typed into, recorded and closed. Each as far as the page has the right to. */
export function answerTerminals(
  socket: BrowserSocket,
  requests: SocketRequests,
  dependencies: TerminalDependencies,
): void {
  answerNew(socket, requests, dependencies.sessions);
  answerViewers(socket, requests, dependencies);
  answerKeys(socket, requests, dependencies);
  answerEnds(requests, dependencies);
  socket.on('disconnect', () => dependencies.sessions.leaveAll(socket.id));
}

function answerNew(socket: BrowserSocket, requests: SocketRequests, sessions: SessionRegistry): void {
  requests.answer('terminal:attach', async (request, caller) => {
    const place = { cluster: caller.clusters.get(request.context), sessions, owner: caller };
    return (await attachToContainer(place, { ...request, starter: socket.id })).summary;
  });
  requests.answer('terminal:exec', async (request, caller) => {
    const place = { cluster: caller.clusters.get(request.context), sessions, owner: caller };
    return (await execInContainer(place, { ...request, starter: socket.id })).summary;
  });
}

function answerViewers(
  socket: BrowserSocket,
  requests: SocketRequests,
  { sessions, rights, tokens }: TerminalDependencies,
): void {
  requests.answer('terminal:list', ({ watch }) => rights.list(watch).map(({ summary }) => summary));
  requests.answer('terminal:share', ({ session }) => ({ watch: tokens.make(rights.toOwn(session).id) }));
  // Without any pause: what a page sends right after it needs the right that this gives.
  requests.answer('terminal:open', ({ session: id, watch, ...seen }) => {
    const { session, right } = rights.toOpen(id, watch);
    void socket.join(viewersOf(id));
    return session.viewers.open(socket.id, { ...seen, right }, toSink(socket, id));
  });
  requests.answer('terminal:leave', ({ session }) => {
    sessions.get(session).viewers.leave(socket.id);
    void socket.leave(viewersOf(session));
    return null;
  });
  requests.answer('terminal:acknowledge', ({ session, position }) => {
    sessions.get(session).viewers.acknowledge(socket.id, position);
    return null;
  });
}

function answerKeys(socket: BrowserSocket, requests: SocketRequests, { sessions, rights }: TerminalDependencies): void {
  requests.answer('terminal:input', async ({ session, bytes }) => {
    await rights.toType(session).write(socket.id, bytes);
    return null;
  });
  requests.answer('terminal:resize', ({ session, columns, rows }) => {
    rights.toType(session).resize(socket.id, { columns, rows });
    return null;
  });
  requests.answer('terminal:ask', ({ session }) => {
    sessions.get(session).viewers.ask(socket.id);
    return null;
  });
  requests.answer('terminal:hand', ({ session, to }) => {
    sessions.get(session).viewers.hand(socket.id, to);
    return null;
  });
}

function answerEnds(requests: SocketRequests, { sessions, recordings, rights }: TerminalDependencies): void {
  requests.answer('terminal:close', ({ session }) => {
    sessions.close(rights.toOwn(session).id);
    return null;
  });
  requests.answer('terminal:end', async ({ session }, { clusters }) => {
    const { summary, state } = rights.toType(session);
    if (state.kind !== 'ended') await endProcessOf(clusters.get(summary.context), summary);
    sessions.close(session);
    return null;
  });
  requests.answer('terminal:record', async ({ session: id, on }, { clusters }) => {
    const session = rights.toType(id);
    if (on) await startRecording(session, recordings, clusters.get(session.summary.context).summary.user);
    else await stopRecording(session);
    return null;
  });
}

/** The room of the pages that look at a terminal, whoever their callers are. */
export function viewersOf(session: string): string {
  return `viewers:${session}`;
}

function toSink(socket: BrowserSocket, session: string): ViewerSink {
  return {
    output: (position, bytes, historyEnd) =>
      socket.emit('terminal:output', { session, position, bytes: toBuffer(bytes), historyEnd }),
    screen: (screen) => socket.emit('terminal:snapshot', { ...screen, session, bytes: toBuffer(screen.bytes) }),
    audience: (audience) => socket.emit('terminal:audience', { ...audience, session, you: socket.id }),
  };
}

/** The msgpack encoder sends a plain Uint8Array as another type, and with all of the memory that it is a view of. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
