/**
 * How far one viewer is: `sent` bytes are on their way, `acknowledged` are drawn. It closes when too much is
 * under way and reopens only well below that, so that a slow viewer gets few large pieces instead of many small ones.
 */
export class ViewerWindow {
  readonly #size: number;
  readonly #low: number;
  #sent: number;
  #acknowledged: number;
  #open = true;

  constructor(position: number, limits: { size: number; low: number }) {
    this.#sent = position;
    this.#acknowledged = position;
    this.#size = limits.size;
    this.#low = limits.low;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Bytes that may be sent now. */
  get room(): number {
    return this.#open ? this.#size - (this.#sent - this.#acknowledged) : 0;
  }

  advance(bytes: number): void {
    this.#sent += bytes;
    if (this.#sent - this.#acknowledged >= this.#size) this.#open = false;
  }

  /**
   * The stream went on without this viewer; what lies between will not be sent, but a screen instead. Nothing more is
   * sent until that is acknowledged, with its position.
   */
  skipTo(position: number): void {
    this.#sent = position;
    this.#acknowledged = position - this.#size;
    this.#open = false;
  }

  /** A viewer can't take back or claim more than it was sent. */
  acknowledge(position: number): void {
    this.#acknowledged = Math.min(this.#sent, Math.max(this.#acknowledged, position));
    if (this.#sent - this.#acknowledged <= this.#low) this.#open = true;
  }
}
