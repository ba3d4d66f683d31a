export interface Result {
  what: string;
  value: number;
  unit: string;
  /** The target; without one the figure is for information. */
  atMost?: number;
}

/** Prints the figures beside their targets; false where one is missed. */
export function printTable(results: Result[]): boolean {
  let isMet = true;
  const lines = results.map(({ what, value, unit, atMost }) => {
    const isOver = atMost !== undefined && !(value <= atMost);
    if (isOver) isMet = false;
    const target = atMost === undefined ? '' : `at most ${atMost} ${unit}`.trim();
    return {
      figure: what,
      measured: `${value.toFixed(unit === '' ? 2 : 0)} ${unit}`.trim(),
      target,
      verdict: atMost === undefined ? '' : isOver ? 'MISSED' : 'ok',
    };
  });
  console.table(lines);
  return isMet;
}
