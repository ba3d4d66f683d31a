import { LineSplitter } from './split-lines.ts';

/** What a page keeps of a log: some 200 MB of it, however long its lines are. Older lines go, and are counted. */
export const mostKept = { lines: 1_000_000, characters: 200_000_000 };
/** What is left of that when it was full: a twentieth goes at once, so that not each new line moves all others. */
const keptShare = 0.95;

/** The lines of a log that comes in pieces. */
export class LogLines {
  readonly #most: typeof mostKept;
  readonly #splitter = new LineSplitter();
  #lines: string[] = [];
  #characters = 0;
  #gone = 0;

  constructor(most = mostKept) {
    this.#most = most;
  }

  get length(): number {
    return this.#lines.length;
  }

  /** How many lines came before the first that is kept. */
  get gone(): number {
    return this.#gone;
  }

  at(index: number): string {
    return this.#lines[index] ?? '';
  }

  push(piece: string): void {
    for (const { text } of this.#splitter.push(piece)) this.#take(text);
    if (this.#lines.length > this.#most.lines || this.#characters > this.#most.characters) this.#dropOldest();
  }

  /** What came last was a line though nothing ended it. */
  end(): void {
    for (const { text } of this.#splitter.end()) this.#take(text);
  }

  #take(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
  }

  #dropOldest(): void {
    let leaving = 0;
    while (
      this.#lines.length - leaving > this.#most.lines * keptShare ||
      this.#characters > this.#most.characters * keptShare
    ) {
      this.#characters -= this.at(leaving).length;
      leaving += 1;
    }
    this.#lines = this.#lines.slice(leaving);
    this.#gone += leaving;
  }
}
