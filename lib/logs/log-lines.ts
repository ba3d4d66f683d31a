/** What a page keeps of a log: some 200 MB of it. Older lines go, and are counted. */
export const mostLines = 1_000_000;
/** So many go at once, so that not each new line moves all others. */
const dropped = 50_000;

/** The lines of a log that comes in pieces. */
export class LogLines {
  readonly #most: number;
  #lines: string[] = [];
  #rest = '';
  #gone = 0;

  constructor(most = mostLines) {
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
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#lines.push(line);
    const over = this.#lines.length - this.#most;
    if (over <= 0) return;
    const leaving = Math.min(this.#lines.length, over + Math.min(dropped, this.#most / 2));
    this.#lines = this.#lines.slice(leaving);
    this.#gone += leaving;
  }

  /** What came last was a line though nothing ended it. */
  end(): void {
    if (this.#rest !== '') this.push('\n');
  }
}
