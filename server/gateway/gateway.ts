import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Facts } from '#lib/protocol/facts.ts';
import { maxRequestBytes, protocolVersion } from '#lib/protocol/limits.ts';
import { restoreTerminal } from '../attach/restore-terminal.ts';
import type { DebugSettings } from '../debug-settings.ts';
import { endIdleDebuggers } from '../debuggers/idle-stop.ts';
import { PortForwards } from '../inspection/network/port-forwards.ts';
import { ProcessWatches } from '../inspection/process-watch.ts';
import type { ClusterRegistry } from '../kubernetes/cluster-registry.ts';
import { PodTables } from '../kubernetes/pod-tables.ts';
import type { Log } from '../log.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { startRecording } from '../terminals/record-terminal.ts';
import { SessionRegistry } from '../terminals/session-registry.ts';
import type { SavedTerminal, TerminalSession } from '../terminals/terminal-session.ts';
import { Answerer, type BrowserSocket } from './answer.ts';
import { answerInspections } from './inspection-events.ts';
import { answerTerminals } from './terminal-events.ts';
import { answerWatches } from './watch-events.ts';

/** What outlasts a run of the server. */
export interface KeptTerminals {
  terminals: SavedTerminal[];
  save(terminals: SavedTerminal[]): void;
}

export interface GatewayOptions {
  http: HttpServer;
  clusters: ClusterRegistry;
  log: Log;
  state: KeptTerminals;
  recordings: RecordingStore;
  debuggers: DebugSettings;
  /** Of each terminal's output. */
  keptBytes: number;
  /** True for an upgrade request of a browser that may talk to us. */
  isAllowed(request: IncomingMessage): boolean;
}

/**
 * Asked for a sign of life before the strictest proxies (20 s) cut an idle connection. Laptops sleep and lids close: 20 s
 * without an answer and the tab shows that it is disconnected.
 */
const liveness = { pingInterval: 15_000, pingTimeout: 20_000, connectTimeout: 10_000 };

/** Everything that browsers hear live and ask for goes through here. */
export class Gateway {
  readonly #server: Server<Record<string, never>, Facts>;
  readonly #sessions: SessionRegistry;
  readonly #podTables = new PodTables();
  readonly #forwards = new PortForwards();
  readonly #processWatches = new ProcessWatches();
  readonly #stopEnding: () => void = () => {};

  constructor({ http, clusters, log, keptBytes, debuggers, state, recordings, isAllowed }: GatewayOptions) {
    this.#server = new Server(http, {
      parser,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: maxRequestBytes,
      allowRequest: (request, decide) => decide(null, isAllowed(request)),
      ...liveness,
    });
    this.#sessions = new SessionRegistry(keptBytes, {
      onChanged: (summary) => {
        this.#server.emit('terminal:changed', summary);
        state.save(this.#sessions.saved);
      },
      onClosed: (session) => {
        this.#server.emit('terminal:closed', { session });
        state.save(this.#sessions.saved);
      },
    });
    // Before anybody can ask for them; the list grows while it is restored.
    for (const saved of [...state.terminals]) {
      const session = restoreTerminal(saved, this.#sessions, (context) => clusters.get(context));
      if (saved.isRecorded) void recordAgain(session, recordings, clusters);
    }
    const { policy, idleStopMs } = debuggers;
    if (idleStopMs !== undefined)
      this.#stopEnding = endIdleDebuggers(this.#sessions, (context) => clusters.get(context), idleStopMs);
    this.#server.on('connection', (socket) => this.#welcome(socket, { clusters, recordings, log, policy }));
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

  #welcome(
    socket: BrowserSocket,
    {
      clusters,
      recordings,
      log,
      policy,
    }: Pick<GatewayOptions, 'clusters' | 'recordings' | 'log'> & Pick<DebugSettings, 'policy'>,
  ): void {
    const answerer = new Answerer(socket, log);
    answerer.answer('session:hello', ({ protocol }) => {
      if (protocol === protocolVersion) return { protocol: protocolVersion };
      throw new AppError('outdated', 'This tab is from another version of Ephemera.', { next: 'Reload it.' });
    });
    answerWatches(socket, answerer, {
      clusters,
      podTables: this.#podTables,
      processWatches: this.#processWatches,
      policy,
    });
    answerInspections(answerer, clusters, this.#forwards);
    answerTerminals(socket, answerer, { clusters, sessions: this.#sessions, recordings, policy });
  }
}

/** The recording of the last run ended with it; the terminal was to be recorded, so another begins. */
async function recordAgain(
  session: TerminalSession,
  recordings: RecordingStore,
  clusters: ClusterRegistry,
): Promise<void> {
  try {
    await startRecording(session, recordings, clusters.get(session.summary.context).summary.user);
  } catch (error) {
    session.setRecording({ kind: 'failed', error: toWireError(error) });
  }
}
