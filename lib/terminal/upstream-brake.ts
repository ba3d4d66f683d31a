export interface BrakeLimits {
  /** Output that waits for the quickest viewer, in bytes: above `high` the source is held, below `low` it goes on. */
  high: number;
  low: number;
  /** No viewer holds a source longer than this at a time. */
  longestMs: number;
}

/**
 * Holds a source for moments while it is quicker than the quickest viewer: what is kept then reaches that viewer whole. One
 * that can't follow even so does not hold it again until it has caught up, and goes on from a screen.
 */
export class UpstreamBrake {
  readonly #limits: BrakeLimits;
  readonly #hold: (isHeld: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #isSpent = false;

  constructor(limits: BrakeLimits, hold: (isHeld: boolean) => void) {
    this.#limits = limits;
    this.#hold = hold;
  }

  /** How many bytes wait for the quickest viewer; 0 where nobody looks. */
  update(waiting: number): void {
    if (waiting <= this.#limits.low) {
      this.#isSpent = false;
      this.release();
    } else if (waiting >= this.#limits.high && !this.#isSpent && this.#timer === undefined) {
      this.#hold(true);
      this.#timer = setTimeout(() => {
        this.#isSpent = true;
        this.release();
      }, this.#limits.longestMs);
    }
  }

  release(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hold(false);
  }
}
