import { pingIntervalMs } from '#lib/protocol/limits.ts';

interface Watched {
  checkAlive(): void;
}

/** One clock for all connections: hundreds that are idle wake the server once, not each for itself. */
export class LivenessClock {
  readonly #intervalMs: number;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMs = pingIntervalMs) {
    this.#intervalMs = intervalMs;
  }

  /** Calls `checkAlive` at each tick until the returned function is called. */
  watch(connection: Watched): () => void {
    this.#watched.add(connection);
    this.#timer ??= setInterval(() => {
      for (const one of this.#watched) one.checkAlive();
    }, this.#intervalMs);
    return () => {
      this.#watched.delete(connection);
      if (this.#watched.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}
