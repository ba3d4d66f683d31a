/** A bucket of tokens that fills steadily: bursts up to `capacity`, `perSecond` in the long run. */
export class RateLimit {
  readonly #capacity: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(limit: { capacity: number; perSecond: number }, now: () => number = () => performance.now()) {
    this.#capacity = limit.capacity;
    this.#perSecond = limit.perSecond;
    this.#now = now;
    this.#tokens = limit.capacity;
    this.#filledAt = now();
  }

  /** Takes one token; false where there is none. */
  take(): boolean {
    const now = this.#now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
