export type ParsedCommand = { ok: true; words: string[] } | { ok: false; problem: string };

/** Splits a typed command as a POSIX shell would: spaces, single and double quotes, backslash. No expansion of any kind. */
export function parseCommandLine(line: string): ParsedCommand {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (quote === "'" ? c === "'" : quote === '"' && c === '"') quote = undefined;
    else if (quote === "'") word += c;
    else if (c === '\\' && (quote === undefined || '"\\$`'.includes(line.charAt(i + 1)))) {
      if (i + 1 === line.length) return { ok: false, problem: 'The command ends with a lone backslash.' };
      word = (word ?? '') + line.charAt(++i);
    } else if (quote !== undefined) word += c;
    else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (quote !== undefined) return { ok: false, problem: `The command has an opening ${quote} without its end.` };
  if (word !== undefined) words.push(word);
  return { ok: true, words };
}
