/**
 * Tells the end of a stream by bytes that nobody else knows, which its writer puts behind the last. As many bytes as the mark has are
 * held back until what follows shows that they are not it.
 */
export class EndMark {
  readonly #mark: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(mark: string) {
    this.#mark = Buffer.from(mark);
  }

  /** The mark has come, and nothing after it. */
  get hasCome(): boolean {
    return this.#held.equals(this.#mark);
  }

  /** What may be passed on now. */
  take(bytes: Uint8Array): Uint8Array[] {
    const size = this.#mark.length;
    if (bytes.length >= size) {
      const before = this.#held;
      // A copy: what is held must not keep all of a large piece.
      this.#held = Buffer.from(bytes.subarray(bytes.length - size));
      return [before, bytes.subarray(0, bytes.length - size)].filter(({ length }) => length > 0);
    }
    const all = Buffer.concat([this.#held, bytes]);
    const end = Math.max(0, all.length - size);
    this.#held = all.subarray(end);
    return end === 0 ? [] : [all.subarray(0, end)];
  }
}
