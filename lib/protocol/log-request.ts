import * as z from 'zod';
import { contextName, dnsLabel, dnsSubdomain } from './names.ts';

const flag = z.literal('true').optional();

/** The query of an address that streams a container's log, as text. */
export const logRequest = z.strictObject({
  context: contextName,
  namespace: dnsLabel,
  pod: dnsSubdomain,
  container: dnsLabel,
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

export const logStreamPath = '/logs/stream';
