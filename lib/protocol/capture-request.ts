import * as z from 'zod';
import { contextName, dnsLabel, dnsSubdomain } from './names.ts';

/** Words of pcap-filter(7); none of them begins with what tcpdump would take for a flag. */
export const captureFilter = /^(?!\s*-)[\w\s.:/()!=<>&|[\],*+-]*$/;
/** Linux' names for interfaces, and `any`. */
export const interfaceName = /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,14}$/;

/** The query of an address that streams a capture, as a pcap file that grows. */
export const captureRequest = z.strictObject({
  context: contextName,
  namespace: dnsLabel,
  pod: dnsSubdomain,
  /** The container with tcpdump. */
  container: dnsLabel,
  interface: z.string().regex(interfaceName),
  filter: z.string().max(1_000).regex(captureFilter).optional(),
});
export type CaptureRequest = z.output<typeof captureRequest>;

export const captureStreamPath = '/network/capture';

/** A capture that somebody forgot must not run for ever: longer than anybody watches packets go by. */
export const maxCaptureSeconds = 600;
/** What a page keeps of one: some 50,000 full packets. */
export const maxCaptureBytes = 64_000_000;
