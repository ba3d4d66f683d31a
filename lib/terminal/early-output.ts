/**
 * What a container wrote before we were attached to it. `log` holds all it wrote as whole lines, fetched after
 * `attached` began to arrive; the longest end of the log with which the attached output begins is in both.
 */
export function findEarlyOutput(log: Uint8Array, attached: Uint8Array): Uint8Array {
  const longest = Math.min(log.length, attached.length);
  for (let overlap = longest; overlap > 0; overlap--) {
    if (endsWithStartOf(log, attached, overlap)) return log.subarray(0, log.length - overlap);
  }
  return log;
}

function endsWithStartOf(log: Uint8Array, attached: Uint8Array, length: number): boolean {
  const offset = log.length - length;
  for (let i = 0; i < length; i++) if (log[offset + i] !== attached[i]) return false;
  return true;
}
