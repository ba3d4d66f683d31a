/**
 * A container's log as its terminal wrote it: a terminal ends lines with CR LF, which containerd makes bare in its log and
 * other runtimes leave.
 */
export function toTerminalLines(log: Buffer): Buffer {
  // One character a byte: what a container prints need not be UTF-8.
  return Buffer.from(log.toString('latin1').replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'), 'latin1');
}
