import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Facts } from '#lib/protocol/facts.ts';
import { maxRequestBytes, protocolVersion } from '#lib/protocol/limits.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { restoreTerminal } from '../attach/restore-terminal.ts';
import type { DebugSettings } from '../debug-settings.ts';
import { endIdleDebuggers } from '../debuggers/idle-stop.ts';
import { PortForwards } from '../inspection/network/port-forwards.ts';
import { ProcessWatches } from '../inspection/process-watch.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import { PodTables } from '../kubernetes/pod-tables.ts';
import type { Log } from '../log.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { startRecording } from '../terminals/record-terminal.ts';
import type { SavedTerminal } from '../terminals/saved-terminal.ts';
import { SessionRegistry } from '../terminals/session-registry.ts';
import type { TerminalSession } from '../terminals/terminal-session.ts';
import type { Callers } from './caller.ts';
import { answerDebuggers } from './debugger-requests.ts';
import { answerInspections } from './inspection-requests.ts';
import { answerNetwork } from './network-requests.ts';
import { answerRecordings } from './recording-requests.ts';
import { type BrowserSocket, SocketRequests } from './socket-requests.ts';
import { answerTerminals, viewersOf } from './terminal-requests.ts';
import { TerminalRights } from './terminal-rights.ts';
import { answerWatches } from './watch-requests.ts';
import { WatchTokens } from './watch-tokens.ts';

/** What outlasts a run of the server. */
export interface KeptState {
  /** Makes links to watch a terminal void when it changes. */
  token: string;
  terminals: SavedTerminal[];
  save(terminals: SavedTerminal[]): void;
}

export interface GatewayOptions {
  http: HttpServer;
  callers: Callers;
  log: Log;
  state: KeptState;
  recordings: RecordingStore;
  debuggers: DebugSettings;
  /** Of each terminal's output. */
  keptBytes: number;
  /** True for an upgrade request of a browser that may talk to us. */
  /** Between two signs of life that a page is asked for. */
  pingIntervalMs: number;
  isAllowed(request: IncomingMessage): boolean;
}

/** Laptops sleep and lids close: 20 s without an answer to a ping, and the tab shows that it is disconnected. */
const liveness = { pingTimeout: 20_000, connectTimeout: 10_000 };

/** Everything that browsers hear live and ask for goes through here. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #server: Server<Record<string, never>, Facts>;
  readonly #sessions: SessionRegistry;
  readonly #podTables = new PodTables();
  readonly #forwards = new PortForwards();
  readonly #processWatches = new ProcessWatches();
  readonly #tokens: WatchTokens;
  readonly #stopEnding: () => void = () => {};

  constructor(options: GatewayOptions) {
    const { http, keptBytes, debuggers, state, isAllowed } = options;
    this.#options = options;
    this.#tokens = new WatchTokens(state.token);
    this.#server = new Server(http, {
      parser,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: maxRequestBytes,
      allowRequest: (request, decide) => decide(null, isAllowed(request)),
      pingInterval: options.pingIntervalMs,
      ...liveness,
    });
    this.#sessions = new SessionRegistry(keptBytes, {
      onChanged: (summary) => {
        this.#pagesOf(summary).emit('terminal:changed', summary);
        state.save(this.#sessions.saved);
      },
      onClosed: (summary) => {
        this.#pagesOf(summary).emit('terminal:closed', { session: summary.session });
        state.save(this.#sessions.saved);
      },
    });
    this.#restore();
    const { idleStopMs } = debuggers;
    if (idleStopMs !== undefined)
      this.#stopEnding = endIdleDebuggers(this.#sessions, (terminal) => this.#clusterOf(terminal), idleStopMs);
    this.#server.on('connection', (socket) => this.#welcome(socket));
  }

  /** Leaves the http server to whoever made it: closing it here would wait for connections that never ask anything. */
  close(): void {
    this.#stopEnding();
    this.#podTables.close();
    this.#processWatches.close();
    this.#forwards.closeAll();
    this.#sessions.closeAll();
    // Not disconnectSockets: a browser that is told to go doesn't come back by itself.
    this.#server.engine.close();
  }

  /** Before anybody can ask for them. */
  #restore(): void {
    const { state } = this.#options;
    // The list grows while it is restored.
    for (const saved of [...state.terminals]) {
      const session = restoreTerminal(saved, this.#sessions, (terminal) => this.#clusterOf(terminal));
      if (saved.isRecorded) void this.#recordAgain(session);
    }
  }

  #welcome(socket: BrowserSocket): void {
    const { callers, recordings, log, debuggers } = this.#options;
    const sessions = this.#sessions;
    const tokens = this.#tokens;
    const caller = callers.of(socket.handshake.headers);
    void socket.join(pagesOf(caller.id));
    const requests = new SocketRequests(socket, caller, log);
    requests.answer('session:hello', ({ protocol }) => {
      if (protocol === protocolVersion) return { protocol: protocolVersion };
      throw new AppError('outdated', 'This tab is from another version of Ephemera.', { next: 'Reload it.' });
    });
    const { policy } = debuggers;
    answerWatches(socket, requests, { podTables: this.#podTables, processWatches: this.#processWatches, policy });
    answerInspections(requests);
    answerNetwork(requests, this.#forwards);
    answerDebuggers(socket, requests, { sessions, policy });
    const rights = new TerminalRights({ page: socket.id, caller, sessions, tokens });
    answerTerminals(socket, requests, { sessions, recordings, rights, tokens });
    answerRecordings(requests, recordings);
  }

  /** Those that are told what becomes of a terminal: its owner's, and those that look at it. */
  #pagesOf({ owner, session }: TerminalSummary) {
    return this.#server.to([pagesOf(owner), viewersOf(session)]);
  }

  /** The cluster that a terminal leads to, with the rights of its owner. */
  #clusterOf({ owner, context }: TerminalSummary): Cluster {
    const caller = this.#options.callers.find(owner);
    if (caller !== undefined) return caller.clusters.get(context);
    throw new AppError('gone', 'The owner of this terminal may not use this server any more.');
  }

  /** The recording of the last run ended with it; the terminal was to be recorded, so another begins. */
  async #recordAgain(session: TerminalSession): Promise<void> {
    try {
      await startRecording(session, this.#options.recordings, this.#clusterOf(session.summary).summary.user);
    } catch (error) {
      session.setRecording({ kind: 'failed', error: toWireError(error) });
    }
  }
}

/** The room of all pages of a caller. */
function pagesOf(caller: string): string {
  return `caller:${caller}`;
}
