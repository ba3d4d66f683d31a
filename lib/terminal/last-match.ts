export interface LastMatch {
  /** Where the last whole occurrence begins; undefined where there is none. */
  place: number | undefined;
  /** Length of the longest start of the pattern with which the text ends. */
  overlap: number;
}

/**
 * Where a text last has a pattern, or the start of it at its end. In time proportional to both, whatever they are (Knuth,
 * Morris, Pratt 1977): both may be chosen by who wants a search to take long.
 */
export function findLast(text: Uint8Array, pattern: Uint8Array): LastMatch {
  if (pattern.length === 0) return { place: text.length, overlap: 0 };
  const borders = findBorders(pattern);
  let place: number | undefined;
  let matched = 0;
  for (let i = 0; i < text.length; i++) {
    if (matched === pattern.length) matched = borders[matched - 1] ?? 0;
    while (matched > 0 && pattern[matched] !== text[i]) matched = borders[matched - 1] ?? 0;
    if (pattern[matched] === text[i]) matched += 1;
    if (matched === pattern.length) place = i + 1 - matched;
  }
  return { place, overlap: matched };
}

/** For each start of the pattern, the length of the longest shorter start with which it ends. */
function findBorders(pattern: Uint8Array): Uint32Array {
  const borders = new Uint32Array(pattern.length);
  let length = 0;
  for (let i = 1; i < pattern.length; i++) {
    while (length > 0 && pattern[length] !== pattern[i]) length = borders[length - 1] ?? 0;
    if (pattern[length] === pattern[i]) length += 1;
    borders[i] = length;
  }
  return borders;
}
