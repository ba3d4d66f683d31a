import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogOptions } from '../api/node-api.ts';
import type { LogWriter } from './log-writer.ts';

/** The path determines the container and the run, so these options are left out. */
export type LogReadOptions = Omit<LogOptions, 'container' | 'previous'>;

/** A log, with its writer as long as the writer is open. */
export interface LogFile {
  path: string;
  writer: LogWriter | undefined;
}

/** The size of a read: large compared with the cost of a call, small for many readers. */
const blockBytes = 64 * 1024;

/**
 * Reads the lines of a log file in the CRI's format, as clients get them. With `follow` it goes on until the writer is
 * closed, across rotations.
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
      // Bytes written between our read and the rotation come first.
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

/** Counts the writer's changes, so that no change between a read and a wait is missed. */
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

/** Opens the file that follows `current` after a rotation; undefined while `current` is still being written. */
async function openNext(path: string, current: FileHandle): Promise<FileHandle | undefined> {
  const { ino } = await current.stat();
  for (;;) {
    const names = await filesOf(path);
    const inodes = await Promise.all(names.map(inodeOf));
    const place = inodes.indexOf(ino);
    // A file that is gone was the oldest (its place is -1).
    const nextName = names[place + 1];
    if (nextName === undefined) return undefined;
    const next = await open(nextName, 'r').catch(() => undefined);
    // A rotation in between renames files, and we would skip a whole one.
    const isSame = (await filesOf(path)).join() === names.join();
    if (isSame && (await next?.stat())?.ino === inodes[place + 1]) return next;
    await next?.close();
  }
}

/** The files of one log, oldest first. The last one is being written. */
async function filesOf(path: string): Promise<string[]> {
  const folder = dirname(path);
  const rotated = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.`)).sort();
  return [...rotated.map((name) => join(folder, name)), path];
}

/** undefined if the file is just being rotated, or was removed with its pod. */
function inodeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ ino }) => ino,
    () => undefined,
  );
}

/** The position of the last `count` lines. */
async function tailPosition(file: FileHandle, count: number): Promise<number> {
  const { size } = await file.stat();
  let found = 0;
  for (let end = size; end > 0; end -= blockBytes) {
    const start = Math.max(0, end - blockBytes);
    const { buffer, bytesRead } = await file.read({ position: start, buffer: Buffer.alloc(end - start) });
    for (let i = bytesRead - 1; i >= 0; i--) {
      if (buffer[i] !== 10) continue;
      // The last newline closes the last line, and begins no new one.
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

  /** A line looks like `2026-01-02T03:04:05.000000000Z stdout F text\n`. */
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
