import { inputChunkBytes } from '#lib/protocol/limits.ts';

/**
 * Sends what is typed in order, one piece at a time; what is typed meanwhile goes with the next piece. A piece that
 * could not be sent is reported and dropped with all that waits behind it: late input may reach another prompt.
 */
export class InputQueue {
  readonly #send: (bytes: Uint8Array) => Promise<unknown>;
  readonly #onLost: (error: unknown) => void;
  #waiting: Uint8Array[] = [];
  #isSending = false;

  constructor(send: (bytes: Uint8Array) => Promise<unknown>, onLost: (error: unknown) => void) {
    this.#send = send;
    this.#onLost = onLost;
  }

  push(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i += inputChunkBytes) this.#waiting.push(bytes.subarray(i, i + inputChunkBytes));
    if (!this.#isSending) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isSending = true;
    try {
      while (this.#waiting.length > 0) await this.#send(this.#takePiece());
    } catch (error) {
      this.#waiting = [];
      this.#onLost(error);
    } finally {
      this.#isSending = false;
    }
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
    const joined = new Uint8Array(length);
    let offset = 0;
    for (const piece of pieces) {
      joined.set(piece, offset);
      offset += piece.length;
    }
    return joined;
  }
}
