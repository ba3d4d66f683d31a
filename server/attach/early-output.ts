import { findEarlyOutput } from '#lib/terminal/find-early-output.ts';
import { toTerminalLines } from '#lib/terminal/terminal-lines.ts';
import { type MissingPart, type PartOutput, sayMissing } from './fill-from-log.ts';

/** Enough for what a command prints in the second until its log can be read; a stream that pours has no early part to save. */
const maxHeldBytes = 256 * 1024;

/** Reset to initial state (ECMA-48 RIS): the terminal is drawn anew with what was missing in front. */
const resetTerminal = Buffer.from('\x1bc');

/**
 * Output of a new container, complete from its first line. What it wrote before the attach took is only in its log,
 * and the API server gives no log until the pod's status says that the container has started, up to a second after
 * it has. So output is passed on at once, and where the log then shows that lines were missed, the terminal is drawn
 * anew with them in front.
 */
export class EarlyOutput implements MissingPart {
  readonly #output: PartOutput;
  /** What this attach has brought; undefined once all is there. */
  #attached: Uint8Array[] | undefined = [];
  #attachedBytes = 0;
  /** What was shown before it. */
  #shown: Uint8Array = new Uint8Array();
  /** An earlier attach had brought it, not the log. */
  #isTorn = false;
  #first = Promise.withResolvers<void>();

  constructor(output: PartOutput) {
    this.#output = output;
  }

  get isClosed(): boolean {
    return this.#attached === undefined;
  }

  get hasOutput(): boolean {
    return this.#attachedBytes > 0;
  }

  get firstOutput(): Promise<void> {
    return this.#first.promise;
  }

  /** Another attach begins: what was written between them is in the log. */
  begin(): void {
    if (this.#attached === undefined || this.#attachedBytes === 0) return;
    this.#shown = Buffer.concat([this.#shown, ...this.#attached]);
    this.#isTorn = true;
    this.#attached = [];
    this.#attachedBytes = 0;
    this.#first = Promise.withResolvers();
  }

  push(bytes: Uint8Array): void {
    this.#output.append(bytes);
    if (this.#attached === undefined) return;
    this.#attached.push(bytes);
    this.#attachedBytes += bytes.length;
    this.#first.resolve();
    if (this.#attachedBytes > maxHeldBytes) this.#attached = undefined;
  }

  takeLog(log: Buffer, isLast: boolean): void {
    if (this.#attached === undefined) return;
    const attached = Buffer.concat(this.#attached);
    const early = findEarlyOutput(toTerminalLines(log), attached);
    if (isLast) this.#attached = undefined;
    const isKnown = Buffer.compare(early, this.#shown.subarray(0, early.length)) === 0;
    // A line that has no end yet is in no log: an attach that broke may have brought more than that has.
    if (isKnown && (this.#isTorn || early.length === this.#shown.length)) return;
    const isFirst = this.#shown.length === 0 && attached.length === 0;
    this.#shown = early;
    this.#isTorn = false;
    if (isFirst) this.#output.append(early);
    else this.#output.appendHistory(Buffer.concat([resetTerminal, early, attached]));
  }

  giveUp(why: string): void {
    if (this.#attached !== undefined && this.#isTorn) sayMissing(this.#output, why);
    this.#attached = undefined;
  }
}
