import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalState } from '#lib/terminal/summary.ts';
import { HeldInput } from './held-input.ts';
import { noSuchTerminal } from './refusals.ts';
import type { ScreenSize } from './screen.ts';

/** The upstream end of a terminal: a ContainerStream, or nothing while there is none. */
export interface TerminalInput {
  write(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Nothing is read while it is held: what the process writes waits on its way, and then the process. */
  hold(isHeld: boolean): void;
  close(): void;
}

/** The way to a terminal's process, for keys and sizes. Keys reach it at most once, whole and in order. */
export class InputPath {
  readonly #container: string;
  readonly #held = new HeldInput();
  #input: TerminalInput | undefined;

  /** The container's name, for error messages. */
  constructor(container: string) {
    this.#container = container;
  }

  get isConnected(): boolean {
    return this.#input !== undefined;
  }

  connect(input: TerminalInput): void {
    this.#input = input;
  }

  disconnect(): void {
    this.#input = undefined;
  }

  /** What is typed while a process starts, or is being reached again, waits. Resolves once it is on its way. */
  async write(bytes: Uint8Array, state: TerminalState): Promise<void> {
    switch (state.kind) {
      case 'starting':
        return this.#held.holdForStart(bytes);
      case 'reconnecting':
        return this.#held.holdForReturn(bytes);
      case 'live':
      case 'ended':
        return this.#deliver(bytes, state);
    }
  }

  /** To be told of each state. */
  follow(state: TerminalState): void {
    if (state.kind === 'live' && this.isConnected) this.#held.deliver((bytes) => this.#deliver(bytes, state));
    else if (state.kind === 'ended') this.#held.refuse(this.#undeliverable(state));
  }

  resize({ columns, rows }: ScreenSize): void {
    this.#input?.resize(columns, rows);
  }

  /** A size that differs, then the real one: a shell draws its prompt anew, and a program its whole screen. */
  nudge({ columns, rows }: ScreenSize): void {
    this.#input?.resize(Math.max(1, columns - 1), rows);
    this.#input?.resize(columns, rows);
  }

  hold(isHeld: boolean): void {
    this.#input?.hold(isHeld);
  }

  close(): void {
    this.#held.refuse(noSuchTerminal());
    this.#input?.close();
    this.#input = undefined;
  }

  async #deliver(bytes: Uint8Array, state: TerminalState): Promise<void> {
    // Broken, though nobody has told yet.
    if (this.#input === undefined) throw this.#undeliverable(state);
    try {
      await this.#input.write(bytes);
    } catch (cause) {
      throw new AppError(
        'container',
        `The connection to ${this.#container} broke while this was sent: it may have arrived or not.`,
        { cause, next: 'Look at the screen before you type it again.' },
      );
    }
  }

  #undeliverable(state: TerminalState): AppError {
    const why = state.kind === 'ended' ? 'has ended; start a new one' : 'is not connected; type again once it is';
    return new AppError('container', `The terminal of ${this.#container} ${why}.`);
  }
}
