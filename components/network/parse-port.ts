/** The number of a TCP port; undefined where the text is none. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  // The field in a TCP header has 16 bits, and port 0 means any.
  return port >= 1 && port <= 65_535 ? port : undefined;
}
