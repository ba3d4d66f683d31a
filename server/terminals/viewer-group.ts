import { setImmediate } from 'node:timers';
import { AppError } from '#lib/protocol/errors.ts';
import { windowBytes } from '#lib/protocol/limits.ts';
import { UpstreamBrake } from '#lib/terminal/upstream-brake.ts';
import { Audience } from './audience.ts';
import { hasNotOpened, onlyWatches } from './refusals.ts';
import type { ScreenSize, SeenOutput, Snapshot } from './screen.ts';
import type { TerminalOutput } from './terminal-output.ts';
import { Viewer, type ViewerSink } from './viewer.ts';

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

/** What the viewers see. */
export interface ViewedTerminal {
  output: TerminalOutput;
  incarnation: string;
  keptBytes: number;
  /** The screen as it is, for a viewer that fell behind. */
  takeSnapshot(): Promise<Snapshot>;
  size(): ScreenSize;
  /** Stops and starts what the process writes. */
  hold(isHeld: boolean): void;
}

/**
 * All who look at a terminal: each with its own place in the output and the right that it was given, and one of them with
 * the keyboard. The output is as quick as the quickest of them.
 */
export class ViewerGroup {
  readonly #terminal: ViewedTerminal;
  readonly #viewers = new Map<string, Viewer>();
  readonly #audience = new Audience(() => this.tellAudience());
  readonly #brake: UpstreamBrake;

  constructor(terminal: ViewedTerminal) {
    this.#terminal = terminal;
    const high = Math.min(terminal.keptBytes / 2, longestQueue);
    const limits = { high, low: high / 2, longestMs: longestHoldMs };
    this.#brake = new UpstreamBrake(limits, (isHeld) => terminal.hold(isHeld));
  }

  get count(): number {
    return this.#viewers.size;
  }

  /** Whoever has started the terminal will look at it, and has the keyboard first. */
  expect(viewerId: string): void {
    this.#audience.expect(viewerId);
  }

  /**
   * Output from where the viewer left off goes to the sink. What lies before the returned `historyEnd` was printed before:
   * questions in it have had their answers.
   */
  open(viewerId: string, seen: SeenOutput, sink: ViewerSink): { historyEnd: number; incarnation: string } {
    const { output, incarnation } = this.#terminal;
    this.#audience.join(viewerId, seen.right);
    this.#viewers.get(viewerId)?.close();
    const isOurs = seen.incarnation === undefined || seen.incarnation === incarnation;
    const start = isOurs ? { position: Math.min(seen.from, output.end) } : { incarnation };
    const viewer = new Viewer(output, () => this.#terminal.takeSnapshot(), start, sink);
    this.#viewers.set(viewerId, viewer);
    // After the answer to `open`, so that the viewer knows where it begins.
    setImmediate(() => {
      if (this.#viewers.get(viewerId) !== viewer) return;
      this.tellAudience();
      viewer.notify();
    });
    return { historyEnd: output.end, incarnation };
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

  /** Throws where this viewer may not do what changes the terminal. */
  requireTyping(viewerId: string): void {
    const right = this.#audience.rightOf(viewerId);
    if (right === undefined) throw hasNotOpened();
    if (right === 'watch') throw onlyWatches();
  }

  /** Throws where this viewer may not type now. */
  requireKeyboard(viewerId: string): void {
    this.requireTyping(viewerId);
    if (this.#audience.mayType(viewerId)) return;
    const { driver, viewers } = this.#audience;
    const name = viewers.find(({ id }) => id === driver)?.name;
    throw new AppError('conflict', `${name} has the keyboard and is typing.`, {
      next: 'Ask for it, or wait until it rests.',
    });
  }

  /** The terminal has the size of the driver's window. */
  mayResize(viewerId: string): boolean {
    this.requireTyping(viewerId);
    return this.#audience.mayResize(viewerId);
  }

  /** Asks for the keyboard. */
  ask(viewerId: string): void {
    this.#audience.ask(viewerId);
  }

  hand(from: string, to: string | undefined): void {
    this.#audience.hand(from, to);
  }

  /** There is new output. */
  notify(): void {
    for (const viewer of this.#viewers.values()) viewer.notify();
    this.#updateBrake();
  }

  /** Who looks has changed, or the size. */
  tellAudience(): void {
    const { viewers, driver, asking } = this.#audience;
    const size = this.#terminal.size();
    for (const viewer of this.#viewers.values()) viewer.tell({ viewers, driver, asking, size });
  }

  /** There is no process that could be held up. */
  releaseBrake(): void {
    this.#brake.release();
  }

  close(): void {
    this.#brake.release();
    for (const viewer of this.#viewers.values()) viewer.close();
    this.#viewers.clear();
  }

  /** As quick as the quickest viewer, if that can follow at all. */
  #updateBrake(): void {
    const { end } = this.#terminal.output;
    let waiting = this.#viewers.size === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (const viewer of this.#viewers.values()) waiting = Math.min(waiting, end - viewer.position);
    this.#brake.update(waiting);
  }
}
