import { useEffect, useState } from 'react';
import { LogLines } from '#lib/logs/log-lines.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { useSameValue } from '../connection/use-same-value.ts';
import { oncePerFrame } from '../ui/once-per-frame.ts';
import { type LogSource, readLog, readMerged } from './read-logs.ts';

export type LogState =
  | { kind: 'loading' }
  | { kind: 'following' }
  | { kind: 'whole' }
  | { kind: 'failed'; error: WireError };

export interface Log {
  lines: LogLines;
  /** Changes when there are more lines. */
  version: number;
  state: LogState;
}

export interface LogOptions {
  /** Shows the times of lines where several logs are merged. */
  showsTimes?: boolean;
  /** Reads again when this becomes another text. */
  again?: string;
}

/** Follows a log, or several merged into one. New lines are shown at most once per animation frame. */
export function useLog(sources: readonly LogSource[] | undefined, { showsTimes = false, again }: LogOptions = {}): Log {
  const [version, setVersion] = useState(0);
  const [state, setState] = useState<LogState>({ kind: 'loading' });
  const [lines, setLines] = useState(() => new LogLines());
  const asked = useSameValue(sources);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` says when to read anew
  useEffect(() => {
    if (asked === undefined) return;
    const reading = new AbortController();
    const own = new LogLines();
    setLines(own);
    setState({ kind: 'loading' });
    const told = oncePerFrame(() => setVersion((before) => before + 1));
    const options = {
      lines: own,
      signal: reading.signal,
      onOpen: () => setState({ kind: 'following' }),
      onLines: told.ask,
    };
    const [first] = asked;
    const read =
      first !== undefined && asked.length === 1
        ? readLog(first, options)
        : readMerged(asked, { ...options, showsTimes });
    read.then(
      () => {
        told.ask();
        setState({ kind: 'whole' });
      },
      (cause: unknown) => {
        if (!reading.signal.aborted) setState({ kind: 'failed', error: toWireError(cause) });
      },
    );
    return () => {
      reading.abort();
      told.cancel();
    };
  }, [asked, showsTimes, again]);
  return { lines, version, state };
}
