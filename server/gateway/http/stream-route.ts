import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { StreamRequest } from '#lib/protocol/descriptor.ts';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { Log } from '../../log.ts';
import { admit } from '../admit.ts';
import type { Caller, Callers } from '../caller.ts';

/** One stream that somebody asks for. */
export interface StreamCall<S extends z.ZodType> {
  wanted: z.output<S>;
  caller: Caller;
  /** Aborts when the browser has gone. */
  reader: AbortSignal;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Opens the stream, and says in the reply what it is. Undefined: the reply has been sent. */
export type OpenStream<S extends z.ZodType> = (call: StreamCall<S>) => Promise<Readable | undefined>;

/** Serves bytes from and to containers and files: no faster than they are read, until they end or the browser leaves. */
export class StreamRoutes {
  readonly #callers: Callers;
  readonly #log: Log;

  constructor(callers: Callers, log: Log) {
    this.#callers = callers;
    this.#log = log;
  }

  serve<S extends z.ZodType>(app: FastifyInstance, descriptor: StreamRequest<S>, open: OpenStream<S>): void {
    app.route({
      method: descriptor.method,
      url: descriptor.path,
      handler: (request, reply) => this.#handle({ descriptor, open, request, reply }),
    });
  }

  async #handle<S extends z.ZodType>({ descriptor, open, request, reply }: Handling<S>): Promise<FastifyReply> {
    const reader = abortWith(reply);
    reply.header('Cache-Control', 'no-store');
    try {
      const caller = this.#callers.of(request.headers);
      const wanted = admit({
        name: `request for ${descriptor.thing}`,
        descriptor,
        input: inputOf(request),
        caller,
        log: this.#log,
      });
      const release = caller.openStream();
      reader.addEventListener('abort', release);
      if (reader.aborted) release();
      const stream = await open({ wanted, caller, reader, request, reply });
      return stream === undefined ? reply : reply.send(stream);
    } catch (error) {
      return refuse(reply, error, reader);
    }
  }
}

interface Handling<S extends z.ZodType> {
  descriptor: StreamRequest<S>;
  open: OpenStream<S>;
  request: FastifyRequest;
  reply: FastifyReply;
}

function inputOf({ query, params }: FastifyRequest): object {
  return { ...(query as object), ...(params as object) };
}

function abortWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  // It may have gone before this was called.
  if (reply.raw.destroyed) gone.abort();
  return gone.signal;
}

/** Answers with the reason, where anybody is left who reads it. */
function refuse(reply: FastifyReply, error: unknown, reader: AbortSignal): FastifyReply {
  if (reader.aborted) return reply;
  if (!(error instanceof AppError)) reply.log.error({ err: error }, 'a stream failed unexpectedly');
  return reply.code(statusOf(error)).send({ error: toWireError(error) });
}

/** Most of what fails, fails in the cluster behind this server. */
function statusOf(error: unknown): number {
  return error instanceof AppError && error.code === 'rate-limited' ? 429 : 502;
}
