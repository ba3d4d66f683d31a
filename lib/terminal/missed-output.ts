import { findEarlyOutput } from './find-early-output.ts';
import { findLast } from './last-match.ts';

const newline = 0x0a;
/**
 * A line of a log can be alike to another by chance, a page of it hardly: so the longest is looked for first. A shorter
 * one is enough where the first lines differ: what was on the screen before the first attach is only in the log.
 */
const recognisedBytes = [4096, 1024, 256, 64, 16];

/**
 * What a container wrote between two attaches. `before` ends where the first one broke, `attached` is what the second has
 * brought so far, and `log` holds, as whole lines, all that was written from some time before the break until now.
 * Undefined where the log doesn't show the place of the break.
 */
export function findMissedOutput(before: Uint8Array, log: Uint8Array, attached: Uint8Array): Uint8Array | undefined {
  const untilAttached = findEarlyOutput(log, attached);
  const border = before.lastIndexOf(newline) + 1;
  const unfinished = before.subarray(border);
  const end = border === 0 ? 0 : placeOf(before.subarray(0, border), log);
  if (end === undefined) return undefined;
  // What the attach has brought already may begin before the break: a terminal that is drawn anew.
  const missed = untilAttached.subarray(Math.min(end, untilAttached.length));
  return startsWith(missed, unfinished) ? missed.subarray(unfinished.length) : missed;
}

/** Where in the log these lines end. */
function placeOf(lines: Uint8Array, log: Uint8Array): number | undefined {
  for (const length of recognisedBytes) {
    const piece = lines.subarray(Math.max(0, lines.length - length));
    const { place } = findLast(log, piece);
    if (place !== undefined) return place + piece.length;
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}
