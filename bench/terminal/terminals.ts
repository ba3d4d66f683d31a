import { type IPty, spawn as spawnPty } from '@lydell/node-pty';
import { TerminalFeed } from '#lib/terminal/terminal-feed.ts';
import type { BrowserConnection } from '#server/testing/browser-connection.ts';

/** What is measured: a terminal on a new process in a container, whoever brings it. */
export interface BenchTerminal {
  write(text: string): void;
  /** Takes all output from now on. */
  onOutput(listener: (bytes: Uint8Array) => void): void;
  close(): Promise<void>;
}

export interface BenchPod {
  namespace: string;
  pod: string;
  container: string;
}

const size = { columns: 120, rows: 30 };

export interface DashboardTerminal extends BenchTerminal {
  session: string;
  feed: TerminalFeed;
  /** Bytes that were replaced by a screen. */
  readonly skipped: number;
}

/** Through the dashboard's server, with the page's own code for what arrives. */
export async function throughDashboard(
  connection: BrowserConnection,
  pod: BenchPod,
  command: string[],
): Promise<DashboardTerminal> {
  const { session } = await connection.ask('terminal:exec', { context: 'admin', ...pod, command, ...size });
  // What comes before anybody listens waits for the first who does.
  let early: Uint8Array[] = [];
  let listen = (bytes: Uint8Array) => void early.push(bytes);
  let skipped = 0;
  const feed = new TerminalFeed({
    connection,
    session,
    sink: {
      draw(bytes, done) {
        listen(bytes);
        done();
      },
      redraw(screen, why, done) {
        if (why.kind === 'skipped') skipped += why.bytes;
        listen(screen);
        done();
      },
    },
  });
  await feed.open();
  return {
    session,
    feed,
    get skipped() {
      return skipped;
    },
    write: (text) => void connection.ask('terminal:input', { session, bytes: Buffer.from(text) }),
    onOutput(listener) {
      listen = (bytes) => void listener(bytes);
      for (const bytes of early) listener(bytes);
      early = [];
    },
    close: async () => {
      feed.close();
      await connection.ask('terminal:close', { session });
    },
  };
}

/** `kubectl exec -it` in a pseudo-terminal, as a person has it. */
export function throughKubectl({ namespace, pod, container }: BenchPod, command: string[]): BenchTerminal {
  const terminal: IPty = spawnPty('kubectl', ['-n', namespace, 'exec', '-it', pod, '-c', container, '--', ...command], {
    cols: size.columns,
    rows: size.rows,
    // Bytes, as the other side has them.
    encoding: null,
    env: process.env as Record<string, string>,
  });
  let listening = terminal.onData(() => {});
  const ended = new Promise<void>((resolve) => terminal.onExit(() => resolve()));
  return {
    write: (text) => terminal.write(text),
    onOutput(listener) {
      listening.dispose();
      listening = terminal.onData((data) => listener(data as unknown as Uint8Array));
    },
    close: async () => {
      terminal.kill();
      await ended;
    },
  };
}

/** Longer than what a shell prints with its prompt. */
const tailBytes = 64;

/** Resolves when the end of the output since now looks like this. */
export function seen(terminal: BenchTerminal, pattern: RegExp): Promise<void> {
  let tail = '';
  return new Promise((resolve) =>
    terminal.onOutput((bytes) => {
      tail = (tail + Buffer.from(bytes.subarray(-tailBytes)).toString('latin1')).slice(-tailBytes);
      if (pattern.test(tail)) resolve();
    }),
  );
}
