export interface Result {
  what: string;
  value: number;
  unit: string;
  /** The target; without one the figure is for information. */
  atMost?: number;
  atLeast?: number;
}

/** Prints the figures beside their targets; false where one is missed. */
export function printTable(results: Result[]): boolean {
  let isMet = true;
  const lines = results.map(({ what, value, unit, atMost, atLeast }) => {
    // Not a number meets nothing.
    const isMissed = (atMost !== undefined && !(value <= atMost)) || (atLeast !== undefined && !(value >= atLeast));
    if (isMissed) isMet = false;
    const target = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : '';
    return {
      figure: what,
      measured: `${value.toFixed(unit === '' ? 2 : value < 10 ? 1 : 0)} ${unit}`.trim(),
      target: target && `${target} ${unit}`.trim(),
      verdict: target && (isMissed ? 'MISSED' : 'ok'),
    };
  });
  console.table(lines);
  return isMet;
}
