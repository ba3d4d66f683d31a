import { useEffect, useMemo, useReducer } from 'react';
import { LogMatch } from './log-match.ts';
import type { Log } from './use-log.ts';

/** The lines with this text in them; undefined: all lines, because there is no text. */
export function useMatch({ lines, version }: Log, text: string): LogMatch | undefined {
  const match = useMemo(() => (text === '' ? undefined : new LogMatch(lines, text)), [lines, text]);
  const [, tell] = useReducer((round: number) => round + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that there are more lines to look at
  useEffect(() => {
    if (match === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const isMore = match.step();
      tell();
      if (isMore) timer = setTimeout(look);
    };
    look();
    return () => clearTimeout(timer);
  }, [match, version]);
  return match;
}
