/**
 * Defines `while_read`, which runs a program as long as somebody reads what it prints, and ends with its code. A process by exec outlives
 * its connection, and one that prints is held for ever where nobody reads; but its input ends with the connection, and that ends the program. An interrupt lets
 * it write what it still has.
 */
export const whileRead = `
exec 3<&0
while_read() {
  "$@" 3<&- & reader=$!
  (cat <&3 >/dev/null; kill -INT $reader; kill $reader) >/dev/null 2>&1 & watch=$!
  exec 3<&-
  wait $reader; code=$?
  kill $watch 2>/dev/null
  exit $code
}
`;
