import { findMissedOutput } from '#lib/terminal/missed-output.ts';
import { toTerminalLines } from '#lib/terminal/terminal-lines.ts';
import { type MissingPart, type PartOutput, sayMissing } from './fill-from-log.ts';

/** What may pour in while the log is read; more than that, and the place where both meet is no longer looked for. */
const maxHeldBytes = 8 * 1024 * 1024;
/** To find where the log goes on: more than the longest piece that is looked for. */
const tailBytes = 64 * 1024;

interface GapOutput extends PartOutput {
  /** The last that the container printed, up to so many bytes. */
  tail(maxBytes: number): Uint8Array;
}

/**
 * Between two attaches a container goes on. Its log has what it wrote meanwhile: what comes by the second attach is held
 * until the log is there, and the missing piece is put in front, or a mark that something may be missing.
 */
export class OutputGap implements MissingPart {
  readonly #output: GapOutput;
  #before: Uint8Array;
  #held: Uint8Array[] | undefined = [];
  #heldBytes = 0;
  readonly #first = Promise.withResolvers<void>();

  constructor(output: GapOutput) {
    this.#output = output;
    this.#before = output.tail(tailBytes);
  }

  get isClosed(): boolean {
    return this.#held === undefined;
  }

  get hasOutput(): boolean {
    return this.#heldBytes > 0;
  }

  get firstOutput(): Promise<void> {
    return this.#first.promise;
  }

  push(bytes: Uint8Array): void {
    if (this.#held === undefined) {
      this.#output.append(bytes);
      return;
    }
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    this.#first.resolve();
    if (this.#heldBytes > maxHeldBytes) this.giveUp('it pours too fast to find the place in its log');
  }

  takeLog(log: Buffer, isLast: boolean): void {
    if (this.#held === undefined) return;
    const missed = findMissedOutput(this.#before, toTerminalLines(log), Buffer.concat(this.#held));
    if (missed === undefined) {
      this.giveUp('its log doesn’t go back that far');
      return;
    }
    if (missed.length > 0) this.#output.appendHistory(missed);
    if (isLast) this.#letGo();
    else this.#before = this.#output.tail(tailBytes);
  }

  giveUp(why: string): void {
    if (this.#held === undefined) return;
    sayMissing(this.#output, why);
    this.#letGo();
  }

  /** The second attach broke as well: what it brought is in the log, where the next gap finds it. */
  abandon(): void {
    this.#held = undefined;
  }

  #letGo(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (held.length > 0) this.#output.append(Buffer.concat(held));
  }
}
