import { concatenate } from '#lib/concatenate.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { inputChunkBytes, inputHoldMs } from '#lib/protocol/limits.ts';

export interface InputQueueOptions {
  send(bytes: Uint8Array): Promise<unknown>;
  /** Whether anything can be sent now. Until it can, input waits for `resume`, but not for long. */
  canSend(): boolean;
  /** Called once for all input that is dropped. The first piece of it may have arrived. */
  onLost(error: unknown): void;
  /** The number of bytes that wait for the connection; 0: none any more. */
  onPending(bytes: number): void;
}

/**
 * Sends input in order, one piece at a time; keys that are typed meanwhile go with the next piece. When a piece can't be
 * sent, it is reported and dropped with all input behind it, because late input may reach another prompt.
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

  /** Sends what waits, where that is possible again. */
  resume(): void {
    if (this.#isSending || this.#waiting.length === 0) return;
    if (this.#options.canSend()) void this.#run();
    else this.#hold();
  }

  /** Drops the input that waits. */
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
