/** Colours of the first eight of a terminal, by the word that a log means by them. */
export type LogColour = 'problem' | 'ok' | 'pending' | 'accent' | 'muted';

export interface LogSpan {
  text: string;
  colour: LogColour | undefined;
  isBold: boolean;
}

/** SGR parameters (ECMA-48 8.3.117): red is a problem, green is fine, yellow waits, blue, magenta and cyan stand out. */
const colours: Readonly<Record<number, LogColour | undefined>> = {
  1: 'problem',
  2: 'ok',
  3: 'pending',
  4: 'accent',
  5: 'accent',
  6: 'accent',
};

const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
/** SGR; any other control sequence; an operating system command; any other escape. */
const sequence = new RegExp(
  `${esc}\\[([0-9;]*)m|${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|${esc}.?`,
  'g',
);

/** A line of a log as text with colours: no other escape sequence does anything, and none is shown. */
export function toSpans(line: string): LogSpan[] {
  const spans: LogSpan[] = [];
  let colour: LogColour | undefined;
  let isBold = false;
  let begin = 0;
  const take = (end: number) => {
    const text = withoutControls(line.slice(begin, end));
    if (text !== '') spans.push({ text, colour, isBold });
  };
  for (const match of line.matchAll(sequence)) {
    take(match.index);
    begin = match.index + match[0].length;
    if (match[1] === undefined) continue;
    const parameters = match[1].split(';').map(Number);
    for (let index = 0; index < parameters.length; index++) {
      const value = parameters[index] ?? 0;
      if (value === 0) [colour, isBold] = [undefined, false];
      else if (value === 1) isBold = true;
      else if (value === 2 || value === 90) colour = 'muted';
      else if (value === 22) isBold = false;
      else if (value === 39) colour = undefined;
      else if ((value >= 30 && value <= 37) || (value >= 91 && value <= 97)) colour = colours[value % 10];
      // 38;5;N and 38;2;R;G;B: what follows is no parameter of its own.
      else if (value === 38 || value === 48) index += parameters[index + 1] === 5 ? 2 : 4;
    }
  }
  take(line.length);
  return spans;
}

/** A line as it is read, and searched. */
export function toPlainText(line: string): string {
  return line.includes(esc) ? withoutControls(line.replace(sequence, '')) : withoutControls(line);
}

/** Tabs stay; a carriage return before the end of a line is what a program draws progress with. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
}
