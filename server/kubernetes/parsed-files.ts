import { readFileSync, statSync } from 'node:fs';

/**
 * A file that was written this short a time ago may be written again without a change of its time: file systems count in steps of
 * some 4 ms.
 */
const settledMs = 100;

/** Reads and parses a file only where it is another than the last time. */
export class ParsedFiles<T> {
  readonly #parse: (path: string, text: string) => T;
  readonly #known = new Map<string, { fingerprint: string; parsed: T }>();

  constructor(parse: (path: string, text: string) => T) {
    this.#parse = parse;
  }

  /** Throws what reading or parsing throws. */
  read(path: string): T {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    const fingerprint = `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
    const known = this.#known.get(path);
    if (known?.fingerprint === fingerprint) return known.parsed;
    const parsed = this.#parse(path, readFileSync(path, 'utf8'));
    if (Date.now() - Math.max(mtimeMs, ctimeMs) > settledMs) this.#known.set(path, { fingerprint, parsed });
    return parsed;
  }
}
