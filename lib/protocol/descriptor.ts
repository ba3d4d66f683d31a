import type * as z from 'zod';

/**
 * What a request may take of its caller's limits. `light`: it is answered from memory. `heavy`: it opens a stream to the
 * cluster or changes something there. `stream`: one of the many small pieces of what is typed or drawn.
 */
export type Cost = 'light' | 'heavy' | 'stream';

/** `reads`: nothing changes. `writes`: something changes. `opens`: something stays open until it is closed or left. */
export type Effect = 'reads' | 'writes' | 'opens';

/** The type of a request's answer. There is nothing of it at run time. */
export interface ReplyType<R> {
  readonly type?: (() => R) | undefined;
}

export function reply<R>(): ReplyType<R> {
  return {};
}

/** Everything that the server has to know of a request before it runs. */
export interface RequestDescriptor<S extends z.ZodType = z.ZodType> {
  schema: S;
  cost: Cost;
  effect: Effect;
}

/** A request over the socket: answered with one value. */
export interface SocketRequest<S extends z.ZodType = z.ZodType, R = unknown> extends RequestDescriptor<S> {
  reply: ReplyType<R>;
}

/** A request over http: the parameters of its address are checked, and its answer or its body is a stream of bytes. */
export interface StreamRequest<S extends z.ZodType = z.ZodType> extends RequestDescriptor<S> {
  method: 'GET' | 'POST';
  path: string;
  /** A noun for error messages, such as "a log". */
  thing: string;
}
