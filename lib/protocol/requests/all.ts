import type * as z from 'zod';
import type { ReplyType } from '../descriptor.ts';
import type { WireError } from '../errors.ts';
import { clusterRequests } from './clusters.ts';
import { debuggerRequests } from './debuggers.ts';
import { inspectionRequests } from './inspection.ts';
import { networkRequests } from './network.ts';
import { podRequests } from './pods.ts';
import { recordingRequests } from './recordings.ts';
import { terminalRequests } from './terminals.ts';

/** Every request a browser may make over its socket. What is not described here is refused before anything runs. */
export const requests = {
  ...clusterRequests,
  ...podRequests,
  ...debuggerRequests,
  ...terminalRequests,
  ...inspectionRequests,
  ...networkRequests,
  ...recordingRequests,
};

export type RequestName = keyof typeof requests;
export type RequestOf<N extends RequestName> = z.output<(typeof requests)[N]['schema']>;
/** What each request is answered with. */
export type Replies = {
  [N in RequestName]: (typeof requests)[N]['reply'] extends ReplyType<infer R> ? R : never;
};

export type Reply<T> = { ok: true; value: T } | { ok: false; error: WireError };
