import * as z from 'zod';
import { containerAddress } from '../addresses.ts';
import type { StreamRequest } from '../descriptor.ts';

/** Words of pcap-filter(7); none of them begins with what tcpdump would take for a flag. */
export const captureFilter = /^(?!\s*-)[\w\s.:/()!=<>&|[\],*+-]*$/;
/** Linux' names for interfaces, and `any`. */
export const interfaceName = /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,14}$/;

/** The container is the one with tcpdump. */
const captureRequest = containerAddress.extend({
  interface: z.string().regex(interfaceName),
  filter: z.string().max(1_000).regex(captureFilter).optional(),
});
export type CaptureRequest = z.output<typeof captureRequest>;

/** A capture as a pcap file that grows. */
export const captureStream = {
  method: 'GET',
  path: '/network/capture',
  thing: 'a capture',
  schema: captureRequest,
  cost: 'heavy',
  effect: 'reads',
} as const satisfies StreamRequest;

/** A capture that somebody forgot must not run for ever: longer than anybody watches packets go by. */
export const maxCaptureSeconds = 600;
/** What a page keeps of one: some 50,000 full packets. */
export const maxCaptureBytes = 64_000_000;
