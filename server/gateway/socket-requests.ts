import type { Socket } from 'socket.io';
import type * as z from 'zod';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Facts } from '#lib/protocol/facts.ts';
import { type Replies, type Reply, type RequestName, type RequestOf, requests } from '#lib/protocol/requests/all.ts';
import type { Log } from '../log.ts';
import { admit } from './admit.ts';
import type { Caller } from './caller.ts';
import { Meter, pageRates } from './meter.ts';

export type BrowserSocket = Socket<Record<string, never>, Facts>;

type Run<N extends RequestName> = (request: RequestOf<N>, caller: Caller) => Promise<Replies[N]> | Replies[N];

interface Asked<N extends RequestName> {
  name: N;
  run: Run<N>;
  input: unknown;
  reply: unknown;
}

/** Listens on one socket: each request is let in, run for its caller and replied to exactly once, here and nowhere else. */
export class SocketRequests {
  readonly #socket: BrowserSocket;
  readonly #caller: Caller;
  readonly #log: Log;
  readonly #pageMeter = new Meter(pageRates);

  constructor(socket: BrowserSocket, caller: Caller, log: Log) {
    this.#socket = socket;
    this.#caller = caller;
    this.#log = log;
  }

  answer<N extends RequestName>(name: N, run: Run<N>): void {
    // The socket's own types would describe every request twice; the schema is what is trusted.
    const listen = this.#socket.on.bind(this.#socket) as (
      event: string,
      listener: (...args: unknown[]) => void,
    ) => void;
    listen(name, (input: unknown, reply: unknown) => void this.#handle({ name, run, input, reply }));
  }

  async #handle<N extends RequestName>({ name, run, input, reply }: Asked<N>): Promise<void> {
    const send = typeof reply === 'function' ? (answer: Reply<Replies[N]>) => void reply(answer) : () => {};
    try {
      const request = this.#admit(name, input);
      send({ ok: true, value: await run(request, this.#caller) });
    } catch (error) {
      if (!(error instanceof AppError)) this.#log.error({ err: error, request: name }, 'a request failed unexpectedly');
      else this.#log.debug({ code: error.code, request: name }, error.message);
      send({ ok: false, error: toWireError(error) });
    }
  }

  #admit<N extends RequestName>(name: N, input: unknown): RequestOf<N> {
    // TypeScript can't tell that the schema of a generic name is that of its request.
    return admit<z.ZodType>({
      name: `request ${name}`,
      descriptor: requests[name],
      input,
      caller: this.#caller,
      pageMeter: this.#pageMeter,
      log: this.#log,
    }) as RequestOf<N>;
  }
}
