/**
 * A command that prints `number 1`, `number 2` … until Ctrl-C. By a shell of its own: one that reads commands gives the terminal to each
 * `sleep`, and an interrupt between its end and the terminal's return reaches nobody (1 of 100 with busybox).
 */
export function countingEvery(seconds: number): string {
  return `sh -c 'i=0; while sleep ${seconds}; do i=$((i+1)); echo "number $i"; done'\n`;
}

/** Those with nothing behind them in their line, which a recording ends by an escape. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/number (\d+)(?=$|\\r)/gm)].map((match) => Number(match[1]));
}

/** NaN where there is none. */
export function lastNumber(text: string): number {
  return numbersIn(text).at(-1) ?? Number.NaN;
}
