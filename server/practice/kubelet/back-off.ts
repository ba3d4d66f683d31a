/** The kubelet's numbers: 10 s, doubled each time up to 5 minutes. Ten quiet minutes start again at 10 s. */
const firstMs = 10_000;
const longestMs = 300_000;
const forgottenMs = 600_000;

/** Tells how long to wait before the next try of something that keeps failing. */
export class BackOff {
  #nextMs = firstMs;
  #last = 0;

  /** The wait after a failure now, in milliseconds. */
  failed(now = Date.now()): number {
    if (now - this.#last > forgottenMs + this.#nextMs) this.#nextMs = firstMs;
    this.#last = now;
    const wait = this.#nextMs;
    this.#nextMs = Math.min(longestMs, this.#nextMs * 2);
    return wait;
  }
}

/** `10s`, `1m20s`, `5m0s`: as Go prints durations. */
export function formatGoDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
