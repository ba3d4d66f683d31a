import { toPlainText } from '#lib/logs/ansi.ts';
import type { LogLines } from '#lib/logs/log-lines.ts';

/** Searched in one go before the page gets a turn: some 25 ms, half of the delay that people notice while typing. */
const slice = { lines: 50_000, characters: 5_000_000 };

/** Finds the lines with a text in them, a slice at a time, and goes on with lines that come later. */
export class LogMatch {
  readonly #lines: LogLines;
  readonly #text: string;
  /** Numbers of lines, counted from the first one that ever came. */
  #found: number[] = [];
  #next = 0;

  constructor(lines: LogLines, text: string) {
    this.#lines = lines;
    this.#text = text.toLowerCase();
  }

  /** Searches the next slice. Returns false once all lines were searched. */
  step(): boolean {
    const { gone } = this.#lines;
    this.#next = Math.max(this.#next, gone);
    const end = Math.min(gone + this.#lines.length, this.#next + slice.lines);
    for (let characters = 0; this.#next < end && characters < slice.characters; this.#next++) {
      const line = this.#lines.at(this.#next - gone);
      characters += line.length;
      if (toPlainText(line).toLowerCase().includes(this.#text)) this.#found.push(this.#next);
    }
    return !this.isOver;
  }

  /** Whether all lines so far were searched. */
  get isOver(): boolean {
    return this.#next >= this.#lines.gone + this.#lines.length;
  }

  /** The number of kept lines that match. */
  get length(): number {
    const { gone } = this.#lines;
    if ((this.#found[0] ?? gone) < gone) this.#found = this.#found.filter((line) => line >= gone);
    return this.#found.length;
  }

  at(index: number): string {
    const line = this.#found[index];
    return line === undefined ? '' : this.#lines.at(line - this.#lines.gone);
  }
}
