/**
 * Defines `while_read`, which runs a program as long as somebody reads what it prints, and ends with its code. A process by exec outlives
 * its connection, and one that prints is held for ever where nobody reads; but its input ends with the connection, and that ends the
 * program. An interrupt lets it write what it still has.
 *
 * With $mark, the mark follows on what a program has printed that ends with a code up to $fine, and the connection stays until the reader
 * has it: what is still on the way when a process exits may be lost, without a word, where containerd closes the stream. No child is left
 * by then: the signal of its end would break off the writing of the mark where the reader is slow, and busybox does not write it again.
 */
export const whileRead = `
mark= fine=0
exec 3<&0
while_read() {
  "$@" 3<&- & reader=$!
  (cat <&3 >/dev/null; kill -INT $reader; kill $reader) >/dev/null 2>&1 & watch=$!
  wait $reader; code=$?
  { kill $watch; wait $watch; } 2>/dev/null
  if [ -n "$mark" ] && [ $code -le $fine ]; then printf %s "$mark"; cat <&3 >/dev/null; fi
  exit $code
}
`;
