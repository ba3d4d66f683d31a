import { AppError } from '#lib/protocol/errors.ts';
import { inputHoldMs, typeAheadBytes } from '#lib/protocol/limits.ts';

interface Held {
  bytes: Uint8Array;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Input that can't be delivered yet: typed while a process starts, or while the connection to it is made again. It is
 * delivered once, whole and in order, or given back with the reason.
 */
export class HeldInput {
  #held: Held[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Resolves at once: what is typed ahead waits as long as the start takes. Throws where it is more than can wait. */
  async holdForStart(bytes: Uint8Array): Promise<void> {
    this.#requireRoom(bytes);
    this.#held.push({ bytes, resolve() {}, reject() {} });
  }

  /** Resolves once it is delivered; rejects after the time that typed input may wait. */
  holdForReturn(bytes: Uint8Array): Promise<void> {
    this.#requireRoom(bytes);
    this.#timer ??= setTimeout(
      () =>
        this.refuse(
          new AppError('container', 'The container could not be reached again in time.', {
            next: 'What was typed meanwhile was not sent. Type it again once the terminal is live.',
          }),
        ),
      inputHoldMs,
    );
    return new Promise((resolve, reject) => this.#held.push({ bytes, resolve, reject }));
  }

  /** Hands all of it over as one piece. */
  deliver(write: (bytes: Uint8Array) => Promise<void>): void {
    const held = this.#take();
    if (held.length === 0) return;
    write(Buffer.concat(held.map(({ bytes }) => bytes))).then(
      () => {
        for (const { resolve } of held) resolve();
      },
      (error: unknown) => {
        for (const { reject } of held) reject(error);
      },
    );
  }

  refuse(error: unknown): void {
    for (const { reject } of this.#take()) reject(error);
  }

  #take(): Held[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #requireRoom(bytes: Uint8Array): void {
    const waiting = this.#held.reduce((sum, one) => sum + one.bytes.length, 0);
    if (waiting + bytes.length <= typeAheadBytes) return;
    throw new AppError('container', 'The process can’t take input yet, and more was typed than can wait.', {
      next: 'Type it again once the terminal is live.',
    });
  }
}
