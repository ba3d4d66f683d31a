import { toPlainText } from '#lib/logs/ansi.ts';
import type { LogLines } from '#lib/logs/log-lines.ts';

/** Looked at before the page gets a turn: some 25 ms' worth, half of the delay that a person who types begins to feel. */
const slice = { lines: 50_000, characters: 5_000_000 };

/** Finds the lines that have a text in them, some at a time, and those that come later. */
export class LogMatch {
  readonly #lines: LogLines;
  readonly #text: string;
  /** Numbers of lines, counted from the first that ever came. */
  #found: number[] = [];
  #next = 0;

  constructor(lines: LogLines, text: string) {
    this.#lines = lines;
    this.#text = text.toLowerCase();
  }

  /** Looks at some more. False once all are looked at. */
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

  /** All lines that are here were looked at. */
  get isOver(): boolean {
    return this.#next >= this.#lines.gone + this.#lines.length;
  }

  /** How many of the lines that are kept match. */
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
