import type { Socket } from 'socket.io';
import type { Cost } from '#lib/protocol/descriptor.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Facts } from '#lib/protocol/facts.ts';
import { type Replies, type Reply, type RequestName, type RequestOf, requests } from '#lib/protocol/requests/all.ts';
import type { Log } from '../log.ts';
import { RateLimit } from './rate-limit.ts';

export type BrowserSocket = Socket<Record<string, never>, Facts>;

/** Holds down a key: 30 a second; a fast drag of the window's edge: 60. The rest is a program gone wild. */
const lightRequests = { capacity: 300, perSecond: 100 };
/** Requests that open streams to the cluster or change it: a person does a few a minute. */
const heavyRequests = { capacity: 20, perSecond: 2 };
/** Input comes one piece at a time, mouse reports at most with each frame; acknowledgements come with output. */
const streamRequests = { capacity: 2_000, perSecond: 500 };

type Run<N extends RequestName> = (request: RequestOf<N>) => Promise<Replies[N]> | Replies[N];

/** Listens on one socket: each request is checked, run and replied to exactly once, here and nowhere else. */
export class Answerer {
  readonly #socket: BrowserSocket;
  readonly #log: Log;
  readonly #light = new RateLimit(lightRequests);
  readonly #heavy = new RateLimit(heavyRequests);
  readonly #stream = new RateLimit(streamRequests);

  constructor(socket: BrowserSocket, log: Log) {
    this.#socket = socket;
    this.#log = log;
  }

  answer<N extends RequestName>(name: N, run: Run<N>): void {
    // The socket's own types would describe every request twice; the schema is what is trusted.
    const listen = this.#socket.on.bind(this.#socket) as (
      event: string,
      listener: (...args: unknown[]) => void,
    ) => void;
    listen(name, (input: unknown, reply: unknown) => void this.#handle(name, run, input, reply));
  }

  async #handle<N extends RequestName>(name: N, run: Run<N>, input: unknown, reply: unknown): Promise<void> {
    const send = typeof reply === 'function' ? (answer: Reply<Replies[N]>) => void reply(answer) : () => {};
    try {
      this.#meter(requests[name].cost);
      send({ ok: true, value: await run(check(name, input)) });
    } catch (error) {
      if (!(error instanceof AppError)) this.#log.error({ err: error, request: name }, 'a request failed unexpectedly');
      else this.#log.debug({ code: error.code, request: name }, error.message);
      send({ ok: false, error: toWireError(error) });
    }
  }

  #meter(cost: Cost): void {
    if (this.#take(cost)) return;
    throw new AppError('rate-limited', 'Too many requests at once.', { next: 'Wait a moment, then try again.' });
  }

  /** A heavy request is one of all requests, too. */
  #take(cost: Cost): boolean {
    if (cost === 'stream') return this.#stream.take();
    return this.#light.take() && (cost === 'light' || this.#heavy.take());
  }
}

function check<N extends RequestName>(name: N, input: unknown): RequestOf<N> {
  const result = requests[name].schema.safeParse(input);
  if (result.success) return result.data as RequestOf<N>;
  const issue = result.error.issues[0];
  throw new AppError(
    'invalid',
    `The request ${name} is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
  );
}
