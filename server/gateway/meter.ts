import type { Cost } from '#lib/protocol/descriptor.ts';
import { RateLimit } from './rate-limit.ts';

type Rate = ConstructorParameters<typeof RateLimit>[0];
export type Rates = Readonly<Record<Cost, Rate>>;

/** What one page may ask for. */
export const pageRates: Rates = {
  // Holds down a key: 30 a second; a fast drag of the window's edge: 60. The rest is a program gone wild.
  light: { capacity: 300, perSecond: 100 },
  // A person does a few a minute.
  heavy: { capacity: 20, perSecond: 2 },
  // Input comes one piece at a time, mouse reports at most with each frame; acknowledgements come with output.
  stream: { capacity: 2_000, perSecond: 500 },
};

/** Counts what is asked for, by its cost. */
export class Meter {
  readonly #light: RateLimit;
  readonly #heavy: RateLimit;
  readonly #stream: RateLimit;

  constructor({ light, heavy, stream }: Rates) {
    this.#light = new RateLimit(light);
    this.#heavy = new RateLimit(heavy);
    this.#stream = new RateLimit(stream);
  }

  /** Counts one request. False: it is one too many. */
  take(cost: Cost): boolean {
    if (cost === 'stream') return this.#stream.take();
    // A heavy request is one of all requests, too.
    return this.#light.take() && (cost === 'light' || this.#heavy.take());
  }
}
