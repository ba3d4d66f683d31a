import * as z from 'zod';
import type { RecordingSummary } from '../../recordings/asciicast.ts';
import { reply, type SocketRequest, type StreamRequest } from '../descriptor.ts';

/** The name of a file that the server made: a time and some random digits. */
const recordingId = z.string().regex(/^[\w-]{1,64}$/);

export const recordingRequests = {
  'recordings:list': { schema: z.strictObject({}), cost: 'heavy', effect: 'reads', reply: reply<RecordingSummary[]>() },
  'recording:delete': {
    schema: z.strictObject({ recording: recordingId }),
    cost: 'light',
    effect: 'writes',
    reply: reply<null>(),
  },
} as const satisfies Record<string, SocketRequest>;

/** A recording as an asciicast file. */
export const recordingStream = {
  method: 'GET',
  path: '/recordings/:file',
  thing: 'a recording',
  schema: z.strictObject({
    file: z
      .string()
      .regex(/^[\w-]{1,64}\.cast$/)
      .transform((name) => name.slice(0, -'.cast'.length)),
  }),
  cost: 'heavy',
  effect: 'reads',
} as const satisfies StreamRequest;
