import { outputChunkBytes, outputGatherMs, windowBytes, windowLowBytes } from '#lib/protocol/limits.ts';
import type { TerminalAudience } from '#lib/terminal/audience.ts';
import type { TerminalScreen } from '#lib/terminal/screen.ts';
import { ViewerWindow } from '#lib/terminal/viewer-window.ts';
import type { Snapshot } from './screen.ts';
import type { TerminalOutput } from './terminal-output.ts';

export interface ViewerSink {
  /** Output on its way; `position` is that of the first byte, and what lies before `historyEnd` is history. */
  output(position: number, bytes: Uint8Array, historyEnd: number): void;
  /** Who looks has changed, or the size. */
  audience(audience: Omit<TerminalAudience, 'you'>): void;
  /** A screen to draw instead of what was drawn before. */
  screen(screen: TerminalScreen): void;
}

/** One viewer's place in a terminal's output, and when it is sent more. */
export class Viewer {
  readonly #output: TerminalOutput;
  readonly #takeSnapshot: () => Promise<Snapshot>;
  readonly #window: ViewerWindow;
  readonly #sink: ViewerSink;
  #timer: NodeJS.Timeout | undefined;
  #lastSentAt = 0;
  #isSkipping = false;
  #isClosed = false;
  /** The incarnation that it is to be told of with the first output. */
  #newIncarnation: string | undefined;

  /** Without a position it saw another incarnation of this terminal, and keeps that until there is something of this. */
  constructor(
    output: TerminalOutput,
    takeSnapshot: () => Promise<Snapshot>,
    start: { position: number } | { incarnation: string },
    sink: ViewerSink,
  ) {
    this.#newIncarnation = 'incarnation' in start ? start.incarnation : undefined;
    this.#output = output;
    this.#takeSnapshot = takeSnapshot;
    this.#window = new ViewerWindow('position' in start ? start.position : output.start, {
      size: windowBytes,
      low: windowLowBytes,
    });
    this.#sink = sink;
  }

  /** There is new output: sent at once where the line was quiet, gathered where it is busy. */
  notify(): void {
    const pending = this.#output.end - this.#window.sent;
    const sinceLast = performance.now() - this.#lastSentAt;
    if (pending >= outputChunkBytes || sinceLast >= outputGatherMs) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), outputGatherMs - sinceLast);
  }

  /** What lies before is drawn, or on its way. */
  get position(): number {
    return this.#window.sent;
  }

  tell(audience: Omit<TerminalAudience, 'you'>): void {
    this.#sink.audience(audience);
  }

  acknowledge(position: number): void {
    this.#window.acknowledge(position);
    this.#send();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#isClosed && !this.#isSkipping && this.#window.room > 0) {
      if (this.#window.sent < this.#output.start) {
        void this.#skipAhead();
        return;
      }
      const position = this.#window.sent;
      const bytes = this.#output.read(position, Math.min(outputChunkBytes, this.#window.room));
      if (bytes.length === 0) return;
      this.#tellIncarnation(position);
      this.#window.advance(bytes.length);
      this.#lastSentAt = performance.now();
      this.#sink.output(position, bytes, this.#output.historyEnd);
    }
  }

  /** This viewer fell further behind than output is kept: it goes on from the screen as it is now. */
  async #skipAhead(): Promise<void> {
    this.#isSkipping = true;
    const snapshot = await this.#takeSnapshot();
    this.#isSkipping = false;
    if (this.#isClosed) return;
    const skipped = snapshot.position - this.#window.sent;
    this.#window.skipTo(snapshot.position);
    this.#tellIncarnation(snapshot.position);
    this.#sink.screen({ ...snapshot, why: { kind: 'skipped', bytes: skipped } });
  }

  #tellIncarnation(position: number): void {
    if (this.#newIncarnation === undefined) return;
    this.#sink.screen({
      position,
      bytes: new Uint8Array(),
      why: { kind: 'restarted', incarnation: this.#newIncarnation },
    });
    this.#newIncarnation = undefined;
  }
}
