import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { randomNumbers } from './random-numbers.ts';

/** What happens to connections: for a while, at once, or (half-open) for as long as they last. */
export const faults = ['delay', 'bytewise', 'stall', 'cut', 'reset', 'half-open'] as const;
export type Fault = (typeof faults)[number];

/** Late as across an ocean, and never the same. */
const delayMs = { least: 5, most: 120 };
/** Longer than any buffer on the way hides, shorter than anybody's time-out. */
const stallMs = 400;
/** One byte at a time for so many: enough for every border between frames to lie within one. */
const bytewiseBytes = 2_000;

/** Stands between two ends of a TCP connection and does to it what networks do. */
export class FaultProxy implements AsyncDisposable {
  readonly #links = new Set<Link>();
  readonly #random: () => number;
  #isDown = false;
  readonly #server;

  private constructor(target: { host: string; port: number }, seed: number) {
    this.#random = randomNumbers(seed);
    this.#server = createServer((client) => {
      if (this.#isDown) {
        client.resetAndDestroy();
        return;
      }
      const link = new Link(client, connect(target), this.#random);
      this.#links.add(link);
      void link.closed.then(() => this.#links.delete(link));
    });
  }

  /** The same seed brings the same faults at the same times. */
  static async start(target: { host: string; port: number }, seed = 1): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, seed);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resets every connection, and each new one until `up`. */
  down(): void {
    this.#isDown = true;
    this.inject('reset');
  }

  up(): void {
    this.#isDown = false;
  }

  /** Does this to every connection that there is. */
  inject(fault: Fault): void {
    for (const link of this.#links) link.suffer(fault);
  }

  /** One fault after another, of these, each after a pause of up to so long, until the signal. */
  async torment(kinds: readonly Fault[], pauseMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.#random() * pauseMs, undefined, { signal }).catch(() => {});
      const fault = kinds[Math.floor(this.#random() * kinds.length)];
      if (fault !== undefined && !signal.aborted) this.inject(fault);
    }
    for (const link of this.#links) link.relieve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.down();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** One connection, both ways. */
class Link {
  readonly #sockets: [Socket, Socket];
  readonly #random: () => number;
  readonly closed: Promise<void>;
  #isSilent = false;
  #isLate = false;
  #bytewise = 0;
  #stalledUntil = 0;

  constructor(client: Socket, upstream: Socket, random: () => number) {
    this.#sockets = [client, upstream];
    this.#random = random;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        resolve();
      });
      void this.#carry(one, other);
    }
  }

  suffer(fault: Fault): void {
    if (fault === 'delay') this.#isLate = !this.#isLate;
    else if (fault === 'bytewise') this.#bytewise = bytewiseBytes;
    else if (fault === 'stall') this.#stalledUntil = performance.now() + stallMs;
    else if (fault === 'half-open') this.#isSilent = true;
    else {
      for (const socket of this.#sockets) {
        if (fault === 'cut') socket.end();
        else socket.resetAndDestroy();
      }
    }
  }

  /** Whatever lasts, ends; what has become silent stays so. */
  relieve(): void {
    this.#isLate = false;
    this.#bytewise = 0;
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const bytes of from as AsyncIterable<Buffer>) {
        if (this.#isLate) await delay(delayMs.least + this.#random() * (delayMs.most - delayMs.least));
        const stalled = this.#stalledUntil - performance.now();
        if (stalled > 0) await delay(stalled);
        // A path that forgot the connection: neither end hears of it.
        if (this.#isSilent) continue;
        const single = Math.min(this.#bytewise, bytes.length);
        this.#bytewise -= single;
        for (let i = 0; i < single; i++) to.write(bytes.subarray(i, i + 1));
        if (!to.write(bytes.subarray(single))) await once(to, 'drain');
      }
      to.end();
    } catch {
      // Broken: both ends are being destroyed.
    }
  }
}
