import type { LogLines } from '#lib/logs/log-lines.ts';
import { LogMerge, settleMs } from '#lib/logs/log-merge.ts';
import { LineSplitter, type SplitLine } from '#lib/logs/split-lines.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import { openBytes } from '../connection/open-bytes.ts';

/** A log to read. Where several are read, each line begins with its time. */
export interface LogSource {
  name: string;
  address: string;
}

export interface LogReading {
  /** Takes the lines as they come. */
  lines: LogLines;
  signal: AbortSignal;
  onOpen(): void;
  onLines(): void;
}

/** Reads one log into lines. */
export async function readLog({ address }: LogSource, { lines, signal, onOpen, onLines }: LogReading): Promise<void> {
  await readText(address, {
    signal,
    onOpen,
    onText(text) {
      lines.push(text);
      onLines();
    },
  });
  lines.end();
}

/**
 * Reads several logs into lines, in the order of their times, each behind the name of its log. A log that can't be read is
 * a line that says so.
 */
export async function readMerged(
  sources: readonly LogSource[],
  reading: LogReading & { showsTimes: boolean },
): Promise<void> {
  const merged = new MergedLogs(
    sources.map(({ name }) => name),
    reading,
  );
  const timer = setInterval(() => merged.tell(), settleMs);
  try {
    await Promise.all(sources.map((source) => merged.read(source)));
  } finally {
    clearInterval(timer);
  }
}

class MergedLogs {
  readonly #reading: LogReading & { showsTimes: boolean };
  readonly #merge: LogMerge;
  readonly #nameWidth: number;

  constructor(names: string[], reading: LogReading & { showsTimes: boolean }) {
    this.#reading = reading;
    this.#merge = new LogMerge(names, performance.now());
    this.#nameWidth = Math.max(...names.map((name) => name.length));
  }

  /** Passes on the lines that no older line can come before. */
  tell(): void {
    const ready = this.#merge.take(performance.now());
    for (const { source, time, text } of ready) this.#push(source, this.#reading.showsTimes ? `${time} ${text}` : text);
    if (ready.length > 0) this.#reading.onLines();
  }

  async read({ name, address }: LogSource): Promise<void> {
    const { signal, onOpen, onLines } = this.#reading;
    const splitter = new LineSplitter();
    const stamp = stamper();
    const take = (parts: SplitLine[]) => {
      for (const part of parts) this.#merge.push(name, stamp(part), performance.now());
    };
    const onText = (text: string) => {
      take(splitter.push(text));
      this.tell();
    };
    const opened = () => {
      this.#merge.open(name, performance.now());
      onOpen();
    };
    await readText(address, { signal, onOpen: opened, onText }).catch((cause: unknown) => {
      signal.throwIfAborted();
      this.#push(name, `can’t be read: ${toWireError(cause).message}`);
      onLines();
    });
    take(splitter.end());
    this.#merge.end(name);
    this.tell();
  }

  #push(name: string, text: string): void {
    this.#reading.lines.push(`${name.padEnd(this.#nameWidth)} │ ${text}\n`);
  }
}

/** Puts the time of a long line's beginning before each of its further parts. */
function stamper(): (part: SplitLine) => string {
  let time = '';
  return ({ text, isRest }) => {
    if (isRest) return time + text;
    time = text.slice(0, text.indexOf(' ') + 1);
    return text;
  };
}

interface TextReading {
  signal: AbortSignal;
  onOpen(): void;
  onText(text: string): void;
}

/** Reads a text from an address as it comes. Rejects with words for the user. */
async function readText(address: string, { signal, onOpen, onText }: TextReading): Promise<void> {
  const pieces = await openBytes(address, signal);
  onOpen();
  const decoder = new TextDecoder();
  for await (const piece of pieces) onText(decoder.decode(piece, { stream: true }));
  // A last character that was cut.
  const rest = decoder.decode();
  if (rest !== '') onText(rest);
}
