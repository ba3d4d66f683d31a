import type { LogLines } from '#lib/logs/log-lines.ts';
import { LogMerge, settleMs } from '#lib/logs/log-merge.ts';
import { LineSplitter, type SplitLine } from '#lib/logs/split-lines.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import { readText } from './read-text.ts';

/** A log to read; of several, each line begins with its time. */
export interface LogSource {
  name: string;
  address: string;
}

export interface ReadHandlers {
  onOpen(): void;
  onLines(): void;
}

/** Reads one log into lines. */
export async function readLog(
  lines: LogLines,
  { address }: LogSource,
  signal: AbortSignal,
  { onOpen, onLines }: ReadHandlers,
): Promise<void> {
  await readText(address, signal, {
    onOpen,
    onText(text) {
      lines.push(text);
      onLines();
    },
  });
  lines.end();
}

/** Reads several logs into lines by their times, each behind the name of its log. One that can't be read says so in a line. */
export async function readMerged(
  lines: LogLines,
  sources: readonly LogSource[],
  signal: AbortSignal,
  { showsTimes, onOpen, onLines }: ReadHandlers & { showsTimes: boolean },
): Promise<void> {
  const now = () => performance.now();
  const merge = new LogMerge(
    sources.map(({ name }) => name),
    now(),
  );
  const width = Math.max(...sources.map(({ name }) => name.length));
  const tell = () => {
    const ready = merge.take(now());
    for (const { source, time, text } of ready)
      lines.push(`${source.padEnd(width)} │ ${showsTimes ? `${time} ` : ''}${text}\n`);
    if (ready.length > 0) onLines();
  };
  const timer = setInterval(tell, settleMs);
  try {
    await Promise.all(
      sources.map(async ({ name, address }) => {
        const splitter = new LineSplitter();
        let time = '';
        const take = (parts: SplitLine[]) => {
          for (const { text, isRest } of parts) {
            // What a long line goes on with has the time of its begin.
            if (!isRest) time = text.slice(0, text.indexOf(' ') + 1);
            merge.push(name, isRest ? time + text : text, now());
          }
        };
        const onText = (text: string) => {
          take(splitter.push(text));
          tell();
        };
        await readText(address, signal, { onOpen, onText }).catch((cause: unknown) => {
          signal.throwIfAborted();
          lines.push(`${name.padEnd(width)} │ can’t be read: ${toWireError(cause).message}\n`);
          onLines();
        });
        take(splitter.end());
        merge.end(name);
        tell();
      }),
    );
  } finally {
    clearInterval(timer);
  }
}
