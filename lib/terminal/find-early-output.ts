import { findLast } from './last-match.ts';

const lineEnd = '\r\n';

/**
 * What a container wrote before we were attached to it. `log` holds all it wrote as whole lines, `attached` what came by
 * the attach: the longest end of the log with which the attached output begins is in both.
 */
export function findEarlyOutput(log: Uint8Array, attached: Uint8Array): Uint8Array {
  const { overlap, place } = findLast(log, attached.subarray(0, log.length));
  if (overlap > 0) return log.subarray(0, log.length - overlap);
  if (attached.length === 0 || place === undefined || attached.length > log.length) return log;
  // The log gives an end to a last line that has none. And it may be a moment ahead; but a prompt alone is in many lines.
  const isLastLine = place + attached.length + lineEnd.length === log.length;
  return isLastLine || attached.includes(0x0a) ? log.subarray(0, place) : log;
}
