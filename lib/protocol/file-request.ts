import * as z from 'zod';
import { isFilePath } from '../files/file-path.ts';
import { contextName, dnsLabel, dnsSubdomain } from './names.ts';

/** Linux' PATH_MAX is 4096 bytes, each three characters at most here. */
export const filePath = z.string().max(12_288).refine(isFilePath, 'not a path');

const digits = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((number) => number <= most);

/** Whose files: those that `container` sees, or those below the root of a process that it sees. In addresses all is text. */
const rootQuery = {
  context: contextName,
  namespace: dnsLabel,
  pod: dnsSubdomain,
  container: dnsLabel,
  // The kernel's largest pid: 2 to the power of 22.
  pid: digits(4_194_304).optional(),
  startTicks: digits(Number.MAX_SAFE_INTEGER).optional(),
  path: filePath,
};

/** What is to be had of a file or folder as a stream of bytes. */
export const fileRequest = z.strictObject({
  ...rootQuery,
  /**
   * `whole`: all of a file, to keep. `begin`: the first bytes, to look at. `end`: the last ones, and what is appended as it
   * comes. `piece`: from `offset` on. `archive`: a file or folder as tar, to keep.
   */
  part: z.enum(['whole', 'begin', 'end', 'piece', 'archive']),
  /** Bytes; a multiple of pieceBytes. */
  offset: digits(Number.MAX_SAFE_INTEGER).optional(),
});
export type FileRequest = z.output<typeof fileRequest>;

/** The body is the file's content. */
export const uploadRequest = z.strictObject({
  ...rootQuery,
  /** A file that is there is written over. */
  overwrite: z.literal('true').optional(),
});
export type UploadRequest = z.output<typeof uploadRequest>;

export const fileStreamPath = '/files/stream';
export const uploadPath = '/files/upload';

/** A text that somebody looks at: a hundred thousand lines. Who wants more follows its end, or downloads it. */
export const viewedBytes = 16 * 1024 * 1024;
/** What is shown of a file that grows, to begin with. */
export const followedBytes = 1024 * 1024;
/** A screenful of hex digits, some forty times. */
export const pieceBytes = 64 * 1024;
