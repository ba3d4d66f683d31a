/** More than anybody looks at in one line; each is an element of the page. */
const mostFound = 100;

/** Where a text begins in a line, whatever the case of its letters; in a line that has it too often, the first of them. */
export function findText(line: string, text: string): number[] {
  const begins: number[] = [];
  const [lower, wanted] = [line.toLowerCase(), text.toLowerCase()];
  // A few letters become two in the other case: then places in one are none in the other.
  if (wanted === '' || lower.length !== line.length || wanted.length !== text.length) return begins;
  let at = lower.indexOf(wanted);
  while (at !== -1 && begins.length < mostFound) {
    begins.push(at);
    at = lower.indexOf(wanted, at + wanted.length);
  }
  return begins;
}
