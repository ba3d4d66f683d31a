/**
 * Characters. Container runtimes write no longer lines than these 16 KiB in one piece, and a browser that draws much longer ones stands
 * still. What is longer goes on in a line of its own.
 */
export const longestLine = 16 * 1024;

export interface SplitLine {
  text: string;
  /** It goes on where the one before it was cut. */
  isRest: boolean;
}

/** Splits a text that comes in pieces into lines, in time and room that do not depend on where its ends of lines are. */
export class LineSplitter {
  #open = '';
  #isRest = false;

  /** The lines that have ended by now. */
  push(piece: string): SplitLine[] {
    const lines: SplitLine[] = [];
    let isFirst = true;
    for (const text of piece.split('\n')) {
      if (!isFirst) {
        lines.push({ text: this.#open, isRest: this.#isRest });
        this.#open = '';
        this.#isRest = false;
      }
      isFirst = false;
      this.#open += text;
      while (this.#open.length > longestLine) {
        lines.push({ text: this.#open.slice(0, longestLine), isRest: this.#isRest });
        this.#open = this.#open.slice(longestLine);
        this.#isRest = true;
      }
    }
    return lines;
  }

  /** What came last, where nothing ended it. */
  end(): SplitLine[] {
    return this.#open === '' ? [] : this.push('\n');
  }
}
