import type { LogLines } from '#lib/logs/log-lines.ts';
import { LogMerge, settleMs } from '#lib/logs/log-merge.ts';
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
        let rest = '';
        const onText = (text: string) => {
          const parts = (rest + text).split('\n');
          rest = parts.pop() ?? '';
          for (const line of parts) merge.push(name, line, now());
          tell();
        };
        await readText(address, signal, { onOpen, onText }).catch((cause: unknown) => {
          signal.throwIfAborted();
          lines.push(`${name.padEnd(width)} │ can’t be read: ${toWireError(cause).message}\n`);
          onLines();
        });
        if (rest !== '') merge.push(name, rest, now());
        merge.end(name);
        tell();
      }),
    );
  } finally {
    clearInterval(timer);
  }
}
