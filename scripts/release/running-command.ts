import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** The issue of a slow start is for the user to see: the page has to come within this. */
const startMs = 30_000;
/** Closing terminals and the practice cluster takes a second or two. */
const stopMs = 15_000;

/** A command of the package while it runs. */
export class RunningCommand {
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #output = '';

  constructor(command: string, words: string[], options: SpawnOptions) {
    this.#child = spawn(command, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.#exit = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', resolve);
    });
  }

  /** The address that the dashboard prints once its page can be fetched. */
  async url(): Promise<string> {
    const end = Date.now() + startMs;
    for (;;) {
      const url = /^Ephemera is at (\S+)$/m.exec(this.#output)?.[1];
      if (url !== undefined) return url;
      if (this.#child.exitCode !== null) throw new Error(`It ended without an address. It printed:\n${this.#output}`);
      if (Date.now() > end) throw new Error(`No address within ${startMs / 1_000} s. It printed:\n${this.#output}`);
      await delay(50);
    }
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    const code = await Promise.race([this.#exit, delay(stopMs, 'late' as const, { ref: false })]);
    if (code === 0) return;
    const how = code === 'late' ? `did not end within ${stopMs / 1_000} s` : `ended with ${code}`;
    throw new Error(`After an interrupt it ${how}. It printed:\n${this.#output}`);
  }

  [Symbol.dispose](): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGTERM');
  }
}
