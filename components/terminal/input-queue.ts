import { concatenate } from '#lib/concatenate.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { inputChunkBytes, inputHoldMs } from '#lib/protocol/limits.ts';

export interface InputQueueOptions {
  send(bytes: Uint8Array): Promise<unknown>;
  /** Whether anything can be sent now. While it is false, what is typed waits for `resume`, but not for long. */
  canSend(): boolean;
  /** Called once for everything that waited: none of it has been sent, or may have arrived. */
  onLost(error: unknown): void;
  /** Bytes that wait for the connection: 0 when they no longer do. */
  onPending(bytes: number): void;
}

/**
 * Sends what is typed in order, one piece at a time; what is typed meanwhile goes with the next piece. A piece that
 * could not be sent is reported and dropped with all that waits behind it: late input may reach another prompt.
 */
export class InputQueue {
  readonly #options: InputQueueOptions;
  #waiting: Uint8Array[] = [];
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: InputQueueOptions) {
    this.#options = options;
  }

  push(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i += inputChunkBytes) this.#waiting.push(bytes.subarray(i, i + inputChunkBytes));
    this.resume();
  }

  /** It may be possible to send again. */
  resume(): void {
    if (this.#isSending || this.#waiting.length === 0) return;
    if (this.#options.canSend()) void this.#run();
    else this.#hold();
  }

  /** Forgets what waits. */
  close(): void {
    this.#waiting = [];
    this.#stopHolding();
  }

  #hold(): void {
    this.#options.onPending(this.#waiting.reduce((sum, { length }) => sum + length, 0));
    this.#timer ??= setTimeout(() => {
      this.#lose(
        new AppError('disconnected', 'Ephemera’s server could not be reached in time.', {
          next: 'Type it again once it is back.',
        }),
      );
    }, inputHoldMs);
  }

  #stopHolding(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.onPending(0);
  }

  async #run(): Promise<void> {
    this.#isSending = true;
    this.#stopHolding();
    try {
      while (this.#waiting.length > 0 && this.#options.canSend()) await this.#options.send(this.#takePiece());
    } catch (error) {
      this.#lose(error);
    } finally {
      this.#isSending = false;
    }
    // The connection broke between two pieces.
    if (this.#waiting.length > 0) this.resume();
  }

  #lose(error: unknown): void {
    this.#waiting = [];
    this.#stopHolding();
    this.#options.onLost(error);
  }

  #takePiece(): Uint8Array {
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (this.#waiting[0] !== undefined && length + this.#waiting[0].length <= inputChunkBytes) {
      const piece = this.#waiting.shift();
      if (piece === undefined) break;
      pieces.push(piece);
      length += piece.length;
    }
    return concatenate(pieces);
  }
}
