/** DEC private modes are below ten thousand; a container must not make us keep any number that it thinks of. */
const highestMode = 9_999;
/** As many as real terminals take in one sequence (xterm's limit). */
const mostParameters = 32;

const codes = { escape: 0x1b, bracket: 0x5b, question: 0x3f, semicolon: 0x3b, zero: 0x30, nine: 0x39 };
/** The last bytes of RIS (`ESC c`), and of sequences that set and unset modes. */
const finals = { reset: 0x63, set: 0x68, unset: 0x6c };

/**
 * Which DEC private modes (`CSI ? … h`: the alternate screen, bracketed paste and such) a stream of output has set, and
 * where: so that a screen can be drawn from the stream's end alone. Bytes between escapes cost next to nothing.
 */
export class ModeTracker {
  /** The mode, and the position at which it was set last. */
  readonly #set = new Map<number, number>();
  #position = 0;
  #state: 'text' | 'escape' | 'sequence' | 'private' = 'text';
  #parameters: number[] = [];

  /** Modes that were set before this position and still are, in the order in which they were set. */
  setBefore(position: number): number[] {
    return [...this.#set].filter(([, at]) => at < position).map(([mode]) => mode);
  }

  has(mode: number): boolean {
    return this.#set.has(mode);
  }

  take(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      if (this.#state === 'text') {
        i = bytes.indexOf(codes.escape, i);
        if (i === -1) break;
        this.#state = 'escape';
      } else this.#step(bytes[i] ?? 0, this.#position + i);
    }
    this.#position += bytes.length;
  }

  #step(byte: number, position: number): void {
    const before = this.#state;
    this.#state = 'text';
    if (byte === codes.escape) this.#state = 'escape';
    else if (before === 'escape') {
      if (byte === codes.bracket) this.#state = 'sequence';
      else if (byte === finals.reset) this.#set.clear();
    } else if (before === 'sequence') {
      if (byte !== codes.question) return;
      this.#state = 'private';
      this.#parameters = [0];
    } else this.#stepPrivate(byte, position);
  }

  #stepPrivate(byte: number, position: number): void {
    const last = this.#parameters.length - 1;
    if (byte >= codes.zero && byte <= codes.nine) {
      this.#parameters[last] = Math.min(highestMode + 1, (this.#parameters[last] ?? 0) * 10 + byte - codes.zero);
      this.#state = 'private';
    } else if (byte === codes.semicolon && this.#parameters.length < mostParameters) {
      this.#parameters.push(0);
      this.#state = 'private';
    } else if (byte === finals.set || byte === finals.unset) {
      for (const mode of this.#parameters) this.#change(mode, byte === finals.set, position);
    }
  }

  #change(mode: number, isSet: boolean, position: number): void {
    if (mode > highestMode) return;
    this.#set.delete(mode);
    if (isSet) this.#set.set(mode, position);
  }
}
