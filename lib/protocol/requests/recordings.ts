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
    /** The id of a recording, or the empty text where it is the name of something else. */
    file: z.string().transform((name) => /^([\w-]{1,64})\.cast$/.exec(name)?.[1] ?? ''),
  }),
  cost: 'heavy',
  effect: 'reads',
} as const satisfies StreamRequest;
