import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogOptions } from '../api/node-api.ts';
import type { LogWriter } from './log-writer.ts';

/** Whose log it is, and which of them, the path says. */
export type LogReadOptions = Omit<LogOptions, 'container' | 'previous'>;

/** A log, with its writer while it is being written. */
export interface LogFile {
  path: string;
  writer: LogWriter | undefined;
}

/** A read's size: large against the cost of a call, small against many readers. */
const blockBytes = 64 * 1024;

/**
 * The lines of a log file in the CRI's format, as clients get them. With `follow` it goes on until the writer is closed,
 * across rotations.
 */
export async function* readLog(
  { path, writer }: LogFile,
  options: LogReadOptions,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const changes = new Changes(writer, signal);
  const format = new LineFormat(options);
  let file = await open(path, 'r');
  try {
    let position = options.tailLines === undefined ? 0 : await tailPosition(file, options.tailLines);
    let rest: Buffer = Buffer.alloc(0);
    while (!signal.aborted) {
      const seen = changes.count;
      const isLast = writer === undefined || writer.isClosed;
      const { bytesRead, buffer } = await file.read({ position, buffer: Buffer.alloc(blockBytes) });
      if (bytesRead > 0) {
        position += bytesRead;
        const block = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const end = block.lastIndexOf(10) + 1;
        rest = block.subarray(end);
        const output = format.lines(block.subarray(0, end));
        if (output.length > 0) yield output;
        if (format.isFull) return;
        continue;
      }
      const next = await openNext(path, file);
      // What is written to it between our look and its rotation comes first.
      if (next !== undefined && (await file.stat()).size > position) await next.close();
      else if (next !== undefined) {
        await file.close();
        file = next;
        position = 0;
      } else if (!options.follow || isLast) return;
      else await changes.after(seen);
    }
  } finally {
    changes.close();
    await file.close();
  }
}

/** Counts what the writer tells, so that nothing is missed between a look and a wait. */
class Changes {
  count = 0;
  #wake: () => void = () => {};
  readonly #stop: () => void;

  constructor(writer: LogWriter | undefined, signal: AbortSignal) {
    const tell = () => {
      this.count += 1;
      this.#wake();
    };
    const stop = writer?.onChange(tell);
    signal.addEventListener('abort', tell);
    this.#stop = () => {
      stop?.();
      signal.removeEventListener('abort', tell);
    };
  }

  after(seen: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.count !== seen) resolve();
    });
  }

  close(): void {
    this.#stop();
  }
}

/** The file that was begun when this one was full; undefined while this is the one that is written. */
async function openNext(path: string, current: FileHandle): Promise<FileHandle | undefined> {
  const { ino } = await current.stat();
  for (;;) {
    const names = await filesOf(path);
    const inodes = await Promise.all(names.map(inodeOf));
    const place = inodes.indexOf(ino);
    // One that is no longer there at all was the oldest.
    const nextName = names[place + 1];
    if (nextName === undefined) return undefined;
    const next = await open(nextName, 'r').catch(() => undefined);
    // A rotation meanwhile gives names to other files: a whole one would be left out.
    const isSame = (await filesOf(path)).join() === names.join();
    if (isSame && (await next?.stat())?.ino === inodes[place + 1]) return next;
    await next?.close();
  }
}

/** Of one log, oldest first; the last is the one that is written. */
async function filesOf(path: string): Promise<string[]> {
  const folder = dirname(path);
  const rotated = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.`)).sort();
  return [...rotated.map((name) => join(folder, name)), path];
}

/** undefined where it is just being rotated, or was taken away with its pod. */
function inodeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ ino }) => ino,
    () => undefined,
  );
}

/** Where the last `count` lines begin. */
async function tailPosition(file: FileHandle, count: number): Promise<number> {
  const { size } = await file.stat();
  let found = 0;
  for (let end = size; end > 0; end -= blockBytes) {
    const start = Math.max(0, end - blockBytes);
    const { buffer, bytesRead } = await file.read({ position: start, buffer: Buffer.alloc(end - start) });
    for (let i = bytesRead - 1; i >= 0; i--) {
      if (buffer[i] !== 10) continue;
      // The newline at the very end closes the last line; it begins none.
      if (found === count) return start + i + 1;
      found += 1;
    }
  }
  return found < count || count > 0 ? 0 : size;
}

class LineFormat {
  readonly #options: LogReadOptions;
  #left: number;
  #isContinued = false;

  constructor(options: LogReadOptions) {
    this.#options = options;
    this.#left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  lines(block: Buffer): Buffer {
    const parts: Buffer[] = [];
    for (let start = 0; start < block.length && !this.isFull; ) {
      const end = block.indexOf(10, start);
      this.#line(block.subarray(start, end + 1), parts);
      start = end + 1;
    }
    return Buffer.concat(parts);
  }

  /** `2026-01-02T03:04:05.000000000Z stdout F text\n` */
  #line(line: Buffer, parts: Buffer[]): void {
    const time = line.indexOf(32);
    const stream = line.indexOf(32, time + 1);
    const tag = line.indexOf(32, stream + 1);
    if (tag === -1) return;
    const stamp = line.toString('latin1', 0, time);
    const { sinceTime, timestamps } = this.#options;
    if (sinceTime !== undefined && Date.parse(stamp) < sinceTime) return;
    const isPart = line[stream + 1] === 80;
    const text = line.subarray(tag + 1, isPart ? -1 : undefined);
    if (timestamps && !this.#isContinued) this.#push(Buffer.from(`${stamp} `), parts);
    this.#push(text, parts);
    this.#isContinued = isPart;
  }

  #push(bytes: Buffer, parts: Buffer[]): void {
    const taken = bytes.subarray(0, Math.max(0, this.#left));
    this.#left -= taken.length;
    parts.push(taken);
  }
}
