import { randomUUID } from 'node:crypto';
import type { StartStepName, StepSource } from '#lib/debug/start-timeline.ts';
import type { RecordingState, TerminalState, TerminalSummary } from '#lib/terminal/summary.ts';
import { InputPath, type TerminalInput } from './input-path.ts';
import type { NewTerminal, SavedTerminal } from './saved-terminal.ts';
import type { ScreenSize, Snapshot } from './screen.ts';
import { StartSteps } from './start-steps.ts';
import type { TerminalObserver } from './terminal-observer.ts';
import { TerminalOutput } from './terminal-output.ts';
import { ViewerGroup } from './viewer-group.ts';

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
  /** Those who look at it. */
  readonly viewers: ViewerGroup;
  readonly #about: NewTerminal;
  readonly #createdAt: number;
  readonly #output: TerminalOutput;
  readonly #input: InputPath;
  readonly #steps = new StartSteps();
  readonly #observers = new Set<TerminalObserver>();
  readonly #onChange: (summary: TerminalSummary) => void;
  readonly #closing = new AbortController();
  #activeAt = Date.now();
  #recording: RecordingState = { kind: 'off' };
  #state: TerminalState = { kind: 'starting', step: 'Starting' };
  #size: ScreenSize;

  constructor({ about, size, starter, keptBytes, onChange, known }: TerminalSessionOptions) {
    this.id = known?.session ?? randomUUID();
    this.#createdAt = known?.createdAt ?? Date.now();
    this.#about = about;
    this.#size = size;
    this.#output = new TerminalOutput(keptBytes);
    this.#input = new InputPath(about.container);
    this.#onChange = onChange;
    this.viewers = new ViewerGroup({
      output: this.#output,
      incarnation: randomUUID(),
      keptBytes,
      takeSnapshot: () => this.#takeSnapshot(),
      size: () => this.#size,
      hold: (isHeld) => this.#input.hold(isHeld),
    });
    if (starter !== undefined) this.viewers.expect(starter);
  }

  get summary(): TerminalSummary {
    return {
      ...this.#about,
      session: this.id,
      createdAt: this.#createdAt,
      state: this.#state,
      recording: this.#recording,
      timeline: this.#steps.all,
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
    this.#tellChange();
    this.#input.follow(state);
  }

  /** A step of its start. Each counts once: the first time. */
  mark(name: StartStepName, source: StepSource, times: { at?: number; stamp?: number } = {}): void {
    if (this.#steps.mark(name, source, times)) this.#tellChange();
  }

  /** The stream that input and sizes go to from now on. */
  connect(input: TerminalInput): void {
    if (this.signal.aborted) input.close();
    else this.#input.connect(input);
  }

  get isConnected(): boolean {
    return this.#input.isConnected;
  }

  disconnect(): void {
    this.viewers.releaseBrake();
    this.#input.disconnect();
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
    this.#tellChange();
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
    this.viewers.requireKeyboard(viewerId);
    this.#activeAt = Date.now();
    await this.#input.write(bytes, this.#state);
  }

  /** Makes a shell draw its prompt anew, and a program its whole screen. */
  nudge(): void {
    this.#input.nudge(this.#size);
  }

  /** Of the driver's window; others see it scaled. */
  resize(viewerId: string, size: ScreenSize): void {
    if (!this.viewers.mayResize(viewerId)) return;
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#input.resize(size);
    for (const observer of this.#observers) observer.resize(size);
    this.viewers.tellAudience();
  }

  /** Leaves the stream and every viewer. The process in the container goes on. */
  close(): void {
    this.#closing.abort();
    // The brake first: it lets go of the stream.
    this.viewers.close();
    this.#input.close();
    for (const observer of this.#observers) observer.closed();
    this.#observers.clear();
  }

  #tellChange(): void {
    if (!this.signal.aborted) this.#onChange(this.summary);
  }

  #tellOutput(bytes: Uint8Array): void {
    for (const observer of this.#observers) observer.output(bytes);
    this.viewers.notify();
  }

  async #takeSnapshot(): Promise<Snapshot> {
    const snapshot = await this.#output.snapshot(this.#size);
    if (this.#output.isFullScreen) this.nudge();
    return snapshot;
  }
}
