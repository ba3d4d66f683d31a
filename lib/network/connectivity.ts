/** What can be tried from inside a pod. */
export const networkTests = ['lookup', 'connect', 'http', 'ping'] as const;
export type NetworkTestKind = (typeof networkTests)[number];

/** Names, addresses of IPv4 and IPv6: nothing that a program would take for a flag. */
export const hostPattern = /^[A-Za-z0-9_:][A-Za-z0-9._:-]*$/;
/** What may stand behind the port in an address of http. */
export const urlPathPattern = /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/;

export interface NetworkTestResult {
  ok: boolean;
  /** The program that was run in the container, as one would type it. */
  command: string;
  /** Milliseconds, by the node's clock, which counts in hundredths of a second. */
  durationMs: number;
  /** What it printed, on both. */
  output: string;
  /** What that means, where it is known. */
  meaning: string;
}
