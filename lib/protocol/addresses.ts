import * as z from 'zod';
import { isFilePath } from '../files/file-path.ts';
import { maxColumns, maxRows } from './limits.ts';
import { contextName, dnsLabel, dnsSubdomain } from './names.ts';

/** The browser chooses the id, so events that arrive before the reply can be matched. */
export const subscriptionId = z.string().regex(/^[\w-]{1,36}$/);
export const sessionId = z.uuid();

/** Linux' PATH_MAX is 4096 bytes, each three characters at most here. */
export const filePath = z.string().max(12_288).refine(isFilePath, 'not a path');
/** The kernel refuses a single argument over 128 KiB; a tenth of that is a long command. */
export const commandWord = z.string().max(12_000);
/** The kernel's largest pid: 2 to the power of 22. */
export const maxPid = 4_194_304;

export const namespaceAddress = z.strictObject({ context: contextName, namespace: dnsLabel });
export const podAddress = namespaceAddress.extend({ pod: dnsSubdomain });
export const containerAddress = podAddress.extend({ container: dnsLabel });
/** A process by the pid that this container sees, and the start that tells it from a later one with the same pid. */
export const processAddress = containerAddress.extend({
  pid: z.int().min(1).max(maxPid),
  startTicks: z.int().min(0),
});
/** Files as a container sees them, or below the root of a process that it sees. */
export const fileAddress = containerAddress.extend({
  ...processAddress.pick({ pid: true, startTicks: true }).partial().shape,
  path: filePath,
});
/** The size of a terminal's window, in characters. */
export const screen = { columns: z.int().min(1).max(maxColumns), rows: z.int().min(1).max(maxRows) };
