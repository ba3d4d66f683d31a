import type * as z from 'zod';
import type { RequestDescriptor } from '#lib/protocol/descriptor.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';
import type { Meter } from './meter.ts';

export interface Entry<S extends z.ZodType> {
  /** What error messages call it: `request pods:watch`, `request for a log`. */
  name: string;
  descriptor: RequestDescriptor<S>;
  input: unknown;
  caller: Caller;
  /** Counts the requests of one page: a page gone wild must not use up what its caller's other pages need. */
  pageMeter?: Meter;
  log: Log;
}

/** The one door of every request, over the socket and over http: it is metered, checked and told to the log. */
export function admit<S extends z.ZodType>(entry: Entry<S>): z.output<S> {
  const { name, descriptor, caller, pageMeter, log } = entry;
  const { cost, effect, schema } = descriptor;
  if (pageMeter?.take(cost) === false || !caller.meter.take(cost)) {
    throw new AppError('rate-limited', `Too many requests came at once: the ${name} was not run.`, {
      next: 'Wait a moment, then try again.',
    });
  }
  const result = schema.safeParse(entry.input);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AppError(
      'invalid',
      `The ${name} is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    );
  }
  // Keys that are typed and output that is drawn come too often to be told one by one.
  if (effect !== 'reads' && cost !== 'stream') log.info({ caller: caller.name, request: name }, 'a request');
  return result.data;
}
