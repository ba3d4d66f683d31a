import { ModeTracker } from '#lib/terminal/mode-tracker.ts';
import { ReplayBuffer } from '#lib/terminal/replay-buffer.ts';
import type { ScreenSize, Snapshot } from './screen.ts';
import { snapshotScreen } from './screen-snapshot.ts';

/** Many screens and their scrollback, and drawn on the server within some 50 ms. */
const snapshotBytes = 1024 * 1024;
/** Where a line begins is looked for this far: a stream without lines is drawn from anywhere. */
const lineBytes = 4096;
const newline = 0x0a;
/** Modes of the alternate screen (xterm's ctlseqs): a full-screen program runs. */
const alternateModes = [47, 1047, 1049];

/** What a terminal has printed: the last of it as it came, and the screen that it led to. */
export class TerminalOutput {
  readonly #buffer: ReplayBuffer;
  readonly #modes = new ModeTracker();
  #historyEnd = 0;
  /** The last notes of ours, if nothing was printed between them. */
  #note: { begin: number; end: number } | undefined;
  #making: Promise<Snapshot> | undefined;

  /** Keeps this many bytes. */
  constructor(capacity: number) {
    this.#buffer = new ReplayBuffer(capacity);
  }

  /** Position of the oldest byte that is still kept. */
  get start(): number {
    return this.#buffer.start;
  }

  /** Position after the last byte. */
  get end(): number {
    return this.#buffer.end;
  }

  /** What programs asked a terminal before this position has been answered. */
  get historyEnd(): number {
    return this.#historyEnd;
  }

  /** Whether a program has taken the whole screen: it draws it anew when the size changes. */
  get isFullScreen(): boolean {
    return alternateModes.some((mode) => this.#modes.has(mode));
  }

  append(bytes: Uint8Array): void {
    this.#modes.take(bytes);
    this.#buffer.append(bytes);
  }

  /** Output that was shown before, or whose time has passed. */
  appendHistory(bytes: Uint8Array): void {
    this.#historyEnd = this.end + bytes.length;
    this.append(bytes);
  }

  /** A line of ours between what the container prints. */
  appendNote(bytes: Uint8Array): void {
    const begin = this.#printedEnd;
    this.appendHistory(bytes);
    this.#note = { begin, end: this.end };
  }

  /** The last that the container printed, up to so many bytes: without a note of ours behind it. */
  tail(maxBytes: number): Uint8Array {
    const end = this.#printedEnd;
    const from = Math.max(this.start, end - maxBytes);
    return from > end ? new Uint8Array() : this.read(from, end - from);
  }

  /** Where it ended before any notes that are the last there is. */
  get #printedEnd(): number {
    return this.#note?.end === this.end ? this.#note.begin : this.end;
  }

  read(position: number, maxBytes: number): Uint8Array {
    return this.#buffer.read(position, maxBytes);
  }

  /** The screen as it is about now. Who asks while one is being made gets that one. */
  snapshot(size: ScreenSize): Promise<Snapshot> {
    this.#making ??= this.#makeSnapshot(size).finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #makeSnapshot(size: ScreenSize): Promise<Snapshot> {
    const position = this.end;
    const from = Math.max(this.start, position - snapshotBytes);
    const tail = this.read(from, position - from);
    const line = from === 0 ? 0 : tail.subarray(0, lineBytes).indexOf(newline) + 1;
    return { position, bytes: await snapshotScreen(tail.subarray(line), this.#modes.setBefore(from + line), size) };
  }
}
