/**
 * The last bytes of a stream with their absolute positions: byte 0 is the first that ever arrived. Memory is
 * allocated as it fills, so that a quiet terminal costs little, and never exceeds the capacity.
 */
export class ReplayBuffer {
  readonly #capacity: number;
  #bytes: Uint8Array;
  #end = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    // A prompt and a few commands fit; most debuggers never need more.
    this.#bytes = new Uint8Array(Math.min(capacity, 4096));
  }

  /** Position after the last byte. */
  get end(): number {
    return this.#end;
  }

  /** Position of the oldest byte that is still kept. */
  get start(): number {
    return Math.max(0, this.#end - this.#capacity);
  }

  append(bytes: Uint8Array): void {
    this.#grow(this.#end + bytes.length);
    const kept = bytes.subarray(Math.max(0, bytes.length - this.#capacity));
    const position = this.#end + bytes.length - kept.length;
    const offset = position % this.#bytes.length;
    const untilWrap = Math.min(kept.length, this.#bytes.length - offset);
    this.#bytes.set(kept.subarray(0, untilWrap), offset);
    this.#bytes.set(kept.subarray(untilWrap), 0);
    this.#end += bytes.length;
  }

  /** A copy of up to `maxBytes` from `position` on, which must lie within start..end. */
  read(position: number, maxBytes: number): Uint8Array {
    if (position < this.start || position > this.#end) {
      throw new RangeError(`position ${position} is outside ${this.start}..${this.#end}`);
    }
    const length = Math.min(maxBytes, this.#end - position);
    const copy = new Uint8Array(length);
    const offset = position % this.#bytes.length;
    const untilWrap = Math.min(length, this.#bytes.length - offset);
    copy.set(this.#bytes.subarray(offset, offset + untilWrap), 0);
    copy.set(this.#bytes.subarray(0, length - untilWrap), untilWrap);
    return copy;
  }

  /** Only while nothing has wrapped yet: until then, position and offset are the same. */
  #grow(needed: number): void {
    if (this.#bytes.length === this.#capacity || needed <= this.#bytes.length) return;
    const size = Math.min(this.#capacity, Math.max(needed, this.#bytes.length * 2));
    const larger = new Uint8Array(size);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
