/**
 * A container's log as its terminal wrote it: a terminal ends lines with CR LF, which containerd makes bare in its log and
 * other runtimes leave.
 */
export function toTerminalLines(log: string): string {
  return log.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}
