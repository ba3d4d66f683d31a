import { findEarlyOutput } from '#lib/terminal/early-output.ts';
import { toTerminalLines } from '#lib/terminal/log-lines.ts';

/** Enough for what a command prints in the second until its log can be read; a stream that pours has no early part to save. */
const maxHeldBytes = 256 * 1024;

/** Reset to initial state (ECMA-48 RIS): the terminal is drawn anew with what was missing in front. */
const resetTerminal = Buffer.from('\x1bc');

export interface OutputSink {
  append(bytes: Uint8Array): void;
  /** Output that was shown before, or came before that: questions in it have had their answers. */
  appendHistory(bytes: Uint8Array): void;
}

/**
 * Output of a new container, complete from its first line. What it wrote before the attach took is only in its log,
 * and the API server gives no log until the pod's status says that the container has started, up to a second after
 * it has. So output is passed on at once, and where the log then shows that lines were missed, the terminal is drawn
 * anew with them in front.
 */
export class OutputWithHistory {
  readonly #output: OutputSink;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isHolding = true;

  constructor(output: OutputSink) {
    this.#output = output;
  }

  push(bytes: Uint8Array): void {
    this.#output.append(bytes);
    if (!this.#isHolding) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > maxHeldBytes) this.#letGo();
  }

  /** Takes the container's log, read after it had started: whole lines. */
  complete(log: string): void {
    if (!this.#isHolding) return;
    const attached = Buffer.concat(this.#held);
    this.#letGo();
    const early = findEarlyOutput(Buffer.from(toTerminalLines(log)), attached);
    if (early.length === 0) return;
    if (attached.length === 0) this.#output.append(early);
    else this.#output.appendHistory(Buffer.concat([resetTerminal, early, attached]));
  }

  #letGo(): void {
    this.#isHolding = false;
    this.#held = [];
  }
}
