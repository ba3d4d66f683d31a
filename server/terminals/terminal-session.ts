import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers';
import type { StartStep, StartStepName, StepSource } from '#lib/debug/start-timeline.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { windowBytes } from '#lib/protocol/limits.ts';
import type { RecordingState, TerminalState, TerminalSummary } from '#lib/terminal/summary.ts';
import { UpstreamBrake } from '#lib/terminal/upstream-brake.ts';
import { Audience } from './audience.ts';
import { HeldInput } from './held-input.ts';
import { hasNotOpened, noSuchTerminal, onlyWatches } from './refusals.ts';
import type { ScreenSize, SeenOutput, Snapshot } from './screen.ts';
import { TerminalOutput } from './terminal-output.ts';
import { Viewer, type ViewerSink } from './viewer.ts';

/** The upstream end of a terminal: a ContainerStream, or nothing while there is none. */
export interface TerminalInput {
  write(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Nothing is read while it is held: what the process writes waits on its way, and then the process. */
  hold(isHeld: boolean): void;
  close(): void;
}

/**
 * No viewer holds up a process longer than this at a time: below the 3 s in which one stalled client stops a container, and
 * a page on a busy machine has drawn several windows by then.
 */
const longestHoldMs = 1_000;
/**
 * What may wait for the quickest viewer, in bytes, if that much is kept. All of it stands between a Ctrl-C and the prompt:
 * measured on a page that draws 10 MiB/s, 2 MiB made that 0.5 s and this makes it 0.3 s. Two of a viewer's windows, so
 * that no viewer runs dry before a held stream brings more.
 */
const longestQueue = 2 * windowBytes;

/** A terminal as whoever makes it describes it. */
export type NewTerminal = Omit<TerminalSummary, 'session' | 'createdAt' | 'state' | 'recording' | 'timeline'>;

/** Who is told what happens to a terminal, as it happens: a recording. */
export interface TerminalObserver {
  output(bytes: Uint8Array): void;
  resize(size: ScreenSize): void;
  state(state: TerminalState): void;
  closed(): void;
}

/** What another run of the server needs to go on with a terminal. */
export interface SavedTerminal {
  session: string;
  createdAt: number;
  about: NewTerminal;
  size: ScreenSize;
  isRecorded: boolean;
}

export interface TerminalSessionOptions {
  about: NewTerminal;
  size: ScreenSize;
  /** Who has started it, and will look at it. */
  starter?: string | undefined;
  /** How much of its output is kept for who comes back. */
  keptBytes: number;
  /** Of a terminal that an earlier run of the server had. */
  known?: { session: string; createdAt: number };
  onChange(summary: TerminalSummary): void;
}

/**
 * One terminal: one upstream stream, always drained into a replay buffer, and any number of viewers, each with its own
 * position. A viewer that stops reading stops only itself: what it would hold up upstream is the container itself.
 */
export class TerminalSession {
  readonly id: string;
  readonly #incarnation = randomUUID();
  readonly #about: NewTerminal;
  readonly #createdAt: number;
  readonly #output: TerminalOutput;
  readonly #viewers = new Map<string, Viewer>();
  readonly #onChange: (summary: TerminalSummary) => void;
  readonly #closing = new AbortController();
  #activeAt = Date.now();
  #recording: RecordingState = { kind: 'off' };
  readonly #timeline: StartStep[] = [];
  readonly #observers = new Set<TerminalObserver>();
  #state: TerminalState = { kind: 'starting', step: 'Starting' };
  #size: ScreenSize;
  #input: TerminalInput | undefined;
  readonly #held = new HeldInput();
  readonly #audience = new Audience(() => this.#tellAudience());
  readonly #brake: UpstreamBrake;

  constructor({ about, size, starter, keptBytes, onChange, known }: TerminalSessionOptions) {
    this.id = known?.session ?? randomUUID();
    this.#createdAt = known?.createdAt ?? Date.now();
    this.#about = about;
    this.#size = size;
    this.#output = new TerminalOutput(keptBytes);
    const high = Math.min(keptBytes / 2, longestQueue);
    this.#brake = new UpstreamBrake({ high, low: high / 2, longestMs: longestHoldMs }, (isHeld) =>
      this.#input?.hold(isHeld),
    );
    this.#onChange = onChange;
    if (starter !== undefined) this.#audience.expect(starter);
  }

  get summary(): TerminalSummary {
    const { id: session } = this;
    return {
      ...this.#about,
      session,
      createdAt: this.#createdAt,
      state: this.#state,
      recording: this.#recording,
      timeline: this.#timeline,
    };
  }

  get saved(): SavedTerminal {
    return {
      session: this.id,
      createdAt: this.#createdAt,
      about: this.#about,
      size: this.#size,
      isRecorded: this.#recording.kind === 'on',
    };
  }

  /** The id of the caller whose terminal it is. */
  get owner(): string {
    return this.#about.owner;
  }

  get state(): TerminalState {
    return this.#state;
  }

  get size(): ScreenSize {
    return this.#size;
  }

  /** When something was last typed or printed: milliseconds since 1970. */
  get quietSince(): number {
    return this.#activeAt;
  }

  /** Begins the time anew in which nothing has happened. */
  keepAlive(): void {
    this.#activeAt = Date.now();
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Aborts when the terminal is closed: whatever still works for it must stop. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  setState(state: TerminalState): void {
    // What has ended stays ended; a late message of the launch must not revive it.
    if (this.#state.kind === 'ended' || this.signal.aborted) return;
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    for (const observer of this.#observers) observer.state(state);
    this.#onChange(this.summary);
    if (state.kind === 'live' && this.#input !== undefined) this.#held.deliver((bytes) => this.#deliver(bytes));
    else if (state.kind === 'ended') this.#held.refuse(this.#undeliverable());
  }

  /** A step of its start. Only of one that was asked for here, and each once: the first time. */
  mark(name: StartStepName, source: StepSource, times: { at?: number; stamp?: number } = {}): void {
    const isOurs = name === 'asked' || this.#timeline.length > 0;
    if (!isOurs || this.#timeline.some((step) => step.name === name)) return;
    this.#timeline.push({ name, source, at: Date.now(), ...times });
    if (!this.signal.aborted) this.#onChange(this.summary);
  }

  /** The stream that input and sizes go to from now on. */
  connect(input: TerminalInput): void {
    if (this.signal.aborted) input.close();
    else this.#input = input;
  }

  get isConnected(): boolean {
    return this.#input !== undefined;
  }

  disconnect(): void {
    this.#brake.release();
    this.#input = undefined;
  }

  append(bytes: Uint8Array): void {
    this.#activeAt = Date.now();
    this.#output.append(bytes);
    this.#tellOutput(bytes);
  }

  /** The last that the container printed, up to so many bytes. */
  tail(maxBytes: number): Uint8Array {
    return this.#output.tail(maxBytes);
  }

  /** Output that was shown before, or whose time has passed: questions in it are not to be answered. */
  appendHistory(bytes: Uint8Array): void {
    this.#output.appendHistory(bytes);
    this.#tellOutput(bytes);
  }

  /** A remark of ours, on a line of its own. */
  note(text: string): void {
    this.appendNote(Buffer.from(`${this.#output.end === 0 ? '' : '\r\n'}[${text}]\r\n`));
  }

  /** A line of ours between what the container prints. */
  appendNote(bytes: Uint8Array): void {
    this.#output.appendNote(bytes);
    this.#tellOutput(bytes);
  }

  #tellOutput(bytes: Uint8Array): void {
    for (const observer of this.#observers) observer.output(bytes);
    for (const viewer of this.#viewers.values()) viewer.notify();
    this.#updateBrake();
  }

  /** As quick as the quickest viewer, if that can follow at all. */
  #updateBrake(): void {
    let waiting = this.#viewers.size === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (const viewer of this.#viewers.values()) waiting = Math.min(waiting, this.#output.end - viewer.position);
    this.#brake.update(waiting);
  }

  /** Until the returned function is called, or the terminal is closed. */
  observe(observer: TerminalObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  get recording(): RecordingState {
    return this.#recording;
  }

  /** All who look are shown whether it is recorded. */
  setRecording(recording: RecordingState): void {
    this.#recording = recording;
    if (!this.signal.aborted) this.#onChange(this.summary);
  }

  /** The screen as it is about now. */
  snapshot(): Promise<Snapshot> {
    return this.#output.snapshot(this.#size);
  }

  /** What was printed after this position, as far as it is kept. */
  since(position: number): Uint8Array {
    return this.#output.read(Math.max(position, this.#output.start), Number.POSITIVE_INFINITY);
  }

  /**
   * Input reaches the pod at most once and whole. What is typed while a process starts, or is being reached again, waits
   * for it; resolves once it is on its way.
   */
  async write(viewerId: string, bytes: Uint8Array): Promise<void> {
    this.requireTyping(viewerId);
    if (!this.#audience.mayType(viewerId)) throw this.#othersKeyboard();
    this.#activeAt = Date.now();
    switch (this.#state.kind) {
      case 'starting':
        return this.#held.holdForStart(bytes);
      case 'reconnecting':
        return this.#held.holdForReturn(bytes);
      default:
        return this.#deliver(bytes);
    }
  }

  async #deliver(bytes: Uint8Array): Promise<void> {
    // Broken, though nobody has told yet.
    if (this.#input === undefined) throw this.#undeliverable();
    try {
      await this.#input.write(bytes);
    } catch (cause) {
      throw new AppError(
        'container',
        `The connection to ${this.#about.container} broke while this was sent: it may have arrived or not.`,
        { cause, next: 'Look at the screen before you type it again.' },
      );
    }
  }

  /** Throws where this viewer may not do what changes the terminal. */
  requireTyping(viewerId: string): void {
    const right = this.#audience.rightOf(viewerId);
    if (right === undefined) throw hasNotOpened();
    if (right === 'watch') throw onlyWatches();
  }

  #othersKeyboard(): AppError {
    const { driver, viewers } = this.#audience;
    const name = viewers.find(({ id }) => id === driver)?.name;
    return new AppError('conflict', `${name} has the keyboard and is typing.`, {
      next: 'Ask for it, or wait until it rests.',
    });
  }

  /** For the keyboard. */
  ask(viewerId: string): void {
    this.#audience.ask(viewerId);
  }

  hand(from: string, to: string | undefined): void {
    this.#audience.hand(from, to);
  }

  #tellAudience(): void {
    const { viewers, driver, asking } = this.#audience;
    for (const viewer of this.#viewers.values()) viewer.tell({ viewers, driver, asking, size: this.#size });
  }

  #undeliverable(): AppError {
    const why = this.#state.kind === 'ended' ? 'has ended; start a new one' : 'is not connected; type again once it is';
    return new AppError('container', `The terminal of ${this.#about.container} ${why}.`);
  }

  async #takeSnapshot(): Promise<Snapshot> {
    const snapshot = await this.#output.snapshot(this.#size);
    if (this.#output.isFullScreen) this.nudge();
    return snapshot;
  }

  /** A size that differs, then the real one: a shell draws its prompt anew, and a program its whole screen. */
  nudge(): void {
    const { columns, rows } = this.#size;
    this.#input?.resize(Math.max(1, columns - 1), rows);
    this.#input?.resize(columns, rows);
  }

  /** Of the driver's window; others see it scaled. */
  resize(viewerId: string, size: ScreenSize): void {
    this.requireTyping(viewerId);
    if (!this.#audience.mayResize(viewerId)) return;
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#input?.resize(size.columns, size.rows);
    for (const observer of this.#observers) observer.resize(size);
    this.#tellAudience();
  }

  /**
   * Output from where the viewer left off goes to the sink. What lies before the returned `historyEnd` was printed before:
   * questions in it have had their answers.
   */
  open(viewerId: string, seen: SeenOutput, sink: ViewerSink): { historyEnd: number; incarnation: string } {
    this.#audience.join(viewerId, seen.right);
    this.#viewers.get(viewerId)?.close();
    const isOurs = seen.incarnation === undefined || seen.incarnation === this.#incarnation;
    const start = isOurs ? { position: Math.min(seen.from, this.#output.end) } : { incarnation: this.#incarnation };
    const viewer = new Viewer(this.#output, () => this.#takeSnapshot(), start, sink);
    this.#viewers.set(viewerId, viewer);
    // After the answer to `open`, so that the viewer knows where it begins.
    setImmediate(() => {
      if (this.#viewers.get(viewerId) !== viewer) return;
      this.#tellAudience();
      viewer.notify();
    });
    return { historyEnd: this.#output.end, incarnation: this.#incarnation };
  }

  acknowledge(viewerId: string, position: number): void {
    this.#viewers.get(viewerId)?.acknowledge(position);
    this.#updateBrake();
  }

  leave(viewerId: string): void {
    this.#viewers.get(viewerId)?.close();
    this.#viewers.delete(viewerId);
    this.#audience.leave(viewerId);
    this.#updateBrake();
  }

  /** Leaves the stream and every viewer. The process in the container goes on. */
  close(): void {
    this.#closing.abort();
    this.#brake.release();
    this.#held.refuse(noSuchTerminal());
    this.#input?.close();
    this.#input = undefined;
    for (const viewer of this.#viewers.values()) viewer.close();
    this.#viewers.clear();
    for (const observer of this.#observers) observer.closed();
    this.#observers.clear();
  }
}
