import * as z from 'zod';
import { containerAddress, filePath, maxPid } from '../addresses.ts';
import type { StreamRequest } from '../descriptor.ts';

const digits = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((number) => number <= most);

/** Whose files: those that `container` sees, or those below the root of a process that it sees. In addresses all is text. */
const fileQuery = containerAddress.extend({
  pid: digits(maxPid).optional(),
  startTicks: digits(Number.MAX_SAFE_INTEGER).optional(),
  path: filePath,
});

const fileRequest = fileQuery.extend({
  /**
   * `whole`: all of a file, to keep. `begin`: the first bytes, to look at. `end`: the last ones, and what is appended as it
   * comes. `piece`: from `offset` on. `archive`: a file or folder as tar, to keep.
   */
  part: z.enum(['whole', 'begin', 'end', 'piece', 'archive']),
  /** Bytes; a multiple of pieceBytes. */
  offset: digits(Number.MAX_SAFE_INTEGER).optional(),
});
export type FileRequest = z.output<typeof fileRequest>;

const uploadRequest = fileQuery.extend({
  /** A file that is there is written over. */
  overwrite: z.literal('true').optional(),
});
export type UploadRequest = z.output<typeof uploadRequest>;

/** What is to be had of a file or folder as a stream of bytes. */
export const fileStream = {
  method: 'GET',
  path: '/files/stream',
  thing: 'a file',
  schema: fileRequest,
  cost: 'heavy',
  effect: 'reads',
} as const satisfies StreamRequest;

/** The body is the file's content. */
export const uploadStream = {
  method: 'POST',
  path: '/files/upload',
  thing: 'an upload',
  schema: uploadRequest,
  cost: 'heavy',
  effect: 'writes',
} as const satisfies StreamRequest;

/** A text that somebody looks at: a hundred thousand lines. Who wants more follows its end, or downloads it. */
export const viewedBytes = 16 * 1024 * 1024;
/** What is shown of a file that grows, to begin with. */
export const followedBytes = 1024 * 1024;
/** A screenful of hex digits, some forty times. */
export const pieceBytes = 64 * 1024;
