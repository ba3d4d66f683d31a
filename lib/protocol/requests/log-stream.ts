import * as z from 'zod';
import { containerAddress } from '../addresses.ts';
import type { StreamRequest } from '../descriptor.ts';

const flag = z.literal('true').optional();

const logRequest = containerAddress.extend({
  /** Of the run before the last restart. */
  previous: flag,
  /** Goes on until the container ends or the reader leaves. */
  follow: flag,
  timestamps: flag,
  /** The last so many lines; left out: all that the node has. */
  tail: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  /** Of the last so many seconds. */
  since: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .optional(),
  /** As a file to keep. */
  download: flag,
});
export type LogRequest = z.output<typeof logRequest>;

/** A container's log as text. */
export const logStream = {
  method: 'GET',
  path: '/logs/stream',
  thing: 'a log',
  schema: logRequest,
  cost: 'heavy',
  effect: 'reads',
} as const satisfies StreamRequest;
