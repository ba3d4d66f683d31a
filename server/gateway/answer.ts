import type { Socket } from 'socket.io';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import {
  type Facts,
  type Replies,
  type Reply,
  type RequestName,
  type RequestOf,
  requests,
} from '#lib/protocol/events.ts';
import type { Log } from '../log.ts';
import { RateLimit } from './rate-limit.ts';

export type BrowserSocket = Socket<Record<string, never>, Facts>;

/** Holds down a key: 30 a second; a fast drag of the window's edge: 60. The rest is a program gone wild. */
const steadyRequests = { capacity: 300, perSecond: 100 };
/** Requests that open streams to the cluster or change it: a person does a few a minute. */
const heavyRequests = { capacity: 20, perSecond: 2 };
const heavy: ReadonlySet<RequestName> = new Set([
  'debug:start',
  'debug:check',
  'container:mirror',
  'workload:pod',
  'terminal:attach',
  'terminal:exec',
  'terminal:end',
  'debugger:end',
  'debug-pod:delete',
  'pod:recreate',
  'debuggers:list',
  'terminal:record',
  'recordings:list',
  'namespaces:probe',
  'processes:watch',
  'process:read',
  'process:environment',
  'process:signal',
  'network:read',
  'node:namespaces',
  'pod:owners',
  'pod:manifest',
  'pod:services',
  'forward:open',
  'network:test',
  'file:open',
  'file:find',
  'abilities:observe',
  'pods:watch',
  'pod:watch',
]);

/** Input comes one piece at a time, mouse reports at most with each frame; acknowledgements come with output. */
const streamRequests = { capacity: 2_000, perSecond: 500 };
const streaming: ReadonlySet<RequestName> = new Set(['terminal:acknowledge', 'terminal:input']);

type Run<N extends RequestName> = (request: RequestOf<N>) => Promise<Replies[N]> | Replies[N];

/** Listens on one socket: each request is checked, run and replied to exactly once, here and nowhere else. */
export class Answerer {
  readonly #socket: BrowserSocket;
  readonly #log: Log;
  readonly #steady = new RateLimit(steadyRequests);
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
      this.#meter(name);
      send({ ok: true, value: await run(check(name, input)) });
    } catch (error) {
      if (!(error instanceof AppError)) this.#log.error({ err: error, request: name }, 'a request failed unexpectedly');
      else this.#log.debug({ code: error.code, request: name }, error.message);
      send({ ok: false, error: toWireError(error) });
    }
  }

  #meter(name: RequestName): void {
    const isAllowed = streaming.has(name)
      ? this.#stream.take()
      : this.#steady.take() && (!heavy.has(name) || this.#heavy.take());
    if (isAllowed) return;
    throw new AppError('rate-limited', 'Too many requests at once.', { next: 'Wait a moment, then try again.' });
  }
}

function check<N extends RequestName>(name: N, input: unknown): RequestOf<N> {
  const result = requests[name].safeParse(input);
  if (result.success) return result.data as RequestOf<N>;
  const issue = result.error.issues[0];
  throw new AppError(
    'invalid',
    `The request ${name} is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
  );
}
