export interface BackOffOptions {
  /** The longest that the first wait may be. */
  firstMs: number;
  /** The longest that any wait may be. */
  lastMs: number;
  /** By how much the waits grow. */
  growth?: number;
}

/**
 * How long to wait before the next try: longer each time, and never less than half of what it may be. The other half is
 * random, so that all who lost the same server don't come back in step.
 */
export class BackOff {
  readonly #options: Required<BackOffOptions>;
  readonly #random: () => number;
  #ceilingMs: number;

  constructor({ firstMs, lastMs, growth = 2 }: BackOffOptions, random: () => number = Math.random) {
    this.#options = { firstMs, lastMs, growth };
    this.#random = random;
    this.#ceilingMs = firstMs;
  }

  /** Milliseconds. */
  next(): number {
    const ceilingMs = this.#ceilingMs;
    this.#ceilingMs = Math.min(this.#options.lastMs, ceilingMs * this.#options.growth);
    return ceilingMs / 2 + (this.#random() * ceilingMs) / 2;
  }

  /** It has worked: the next failure is the first. */
  reset(): void {
    this.#ceilingMs = this.#options.firstMs;
  }
}
