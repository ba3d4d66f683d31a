import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type * as z from 'zod';
import { AppError, toWireError } from '#lib/protocol/errors.ts';

interface StreamRoute<S extends z.ZodType> {
  path: string;
  /** Of the address's query. */
  schema: S;
  /** What it is the address of, for a sentence. */
  thing: string;
  /** Opens the stream, and says in the reply what it is. Ends with `reader`. */
  open(wanted: z.output<S>, reader: AbortSignal, reply: FastifyReply): Promise<Readable>;
}

/** Serves what is streamed from a container, no faster than it is read, until it ends or the browser leaves. */
export function serveStream<S extends z.ZodType>(
  app: FastifyInstance,
  { path, schema, thing, open }: StreamRoute<S>,
): void {
  app.get(path, async (request, reply) => {
    const parsed = schema.safeParse(request.query);
    const reader = abortWith(reply);
    reply.header('Cache-Control', 'no-store');
    try {
      if (!parsed.success) throw new AppError('invalid', `This is not the address of ${thing}.`);
      return reply.send(await open(parsed.data, reader, reply));
    } catch (error) {
      return refuse(reply, error, reader);
    }
  });
}

/** Aborts when the browser has gone. */
export function abortWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** Answers with the reason, where anybody is left who reads it. */
export function refuse(reply: FastifyReply, error: unknown, reader: AbortSignal): FastifyReply {
  if (reader.aborted) return reply;
  if (!(error instanceof AppError)) reply.log.error({ err: error }, 'a stream failed unexpectedly');
  return reply.code(502).send({ error: toWireError(error) });
}
