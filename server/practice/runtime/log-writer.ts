import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, write } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type LogStream = 'stdout' | 'stderr';

/** The kubelet's defaults: containerLogMaxSize, containerLogMaxFiles. */
const defaults = { maxFileBytes: 10 * 1024 * 1024, maxFiles: 5 };
/** containerd splits longer lines into parts (max_container_log_line_size). */
const maxLineBytes = 16 * 1024;
/**
 * The output that may wait for the disk before the container has to wait. Enough to keep a disk busy, little for
 * hundreds of containers.
 */
const maxWaitingBytes = 256 * 1024;

/**
 * Writes a container's output into a file in the CRI's format: `time stream tag line`. Tag P marks a part of a line, F
 * its end. The file is rotated at a size, and memory stays flat however fast the container prints.
 */
export class LogWriter {
  readonly path: string;
  /** The output after the last line end. */
  readonly #rests: Record<LogStream, string> = { stdout: '', stderr: '' };
  readonly #listeners = new Set<() => void>();
  #fd: number;
  #fileBytes = 0;
  #rotations = 0;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #isClosed = false;
  #isFinished = false;
  #onDrain: (() => void) | undefined;
  readonly #limits: typeof defaults;

  constructor(path: string, limits = defaults) {
    this.path = path;
    this.#limits = limits;
    mkdirSync(dirname(path), { recursive: true });
    this.#fd = openSync(path, 'a');
  }

  /** Everything is written, and no more will come. */
  get isClosed(): boolean {
    return this.#isFinished;
  }

  /** Calls the listener after every write, after a rotation and at the end. Returns a function that stops this. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns false if the source must pause until `onDrain` is called. */
  write(stream: LogStream, chunk: Buffer, onDrain: () => void): boolean {
    if (this.#isClosed) return true;
    this.#enqueue(this.#format(stream, chunk));
    if (this.#waitingBytes <= maxWaitingBytes) return true;
    this.#onDrain = onDrain;
    return false;
  }

  /** Writes the unfinished lines, and closes the file once everything is written. */
  close(): void {
    if (this.#isClosed) return;
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#rests[stream];
      if (rest !== '') this.#enqueue(withPrefixes(rest, stream));
    }
    this.#isClosed = true;
    if (!this.#isWriting) this.#finish();
  }

  /**
   * Formats text as Latin-1, in which every byte is one character. V8 replaces text several times faster than bytes can
   * be copied line by line, and a container may print millions of lines.
   */
  #format(stream: LogStream, chunk: Buffer): string {
    const text = this.#rests[stream] + chunk.toString('latin1');
    const end = text.lastIndexOf('\n');
    const rest = text.slice(end + 1);
    const kept = rest.length % maxLineBytes;
    const parts = rest.slice(0, rest.length - kept);
    this.#rests[stream] = rest.slice(rest.length - kept);
    const lines = end === -1 ? '' : withPrefixes(withBareEnds(text.slice(0, end)), stream);
    return lines + (parts === '' ? '' : asParts(parts, stream));
  }

  #enqueue(block: string): void {
    if (block.length === 0) return;
    this.#waiting.push(block);
    this.#waitingBytes += block.length;
    if (!this.#isWriting) this.#writeNext();
  }

  #writeNext(): void {
    const block = Buffer.from(this.#waiting.join(''), 'latin1');
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#isWriting = true;
    if (this.#fileBytes > this.#limits.maxFileBytes) this.#rotate();
    this.#fileBytes += block.length;
    this.#writeAll(block, () => {
      this.#isWriting = false;
      const drained = this.#onDrain;
      this.#onDrain = undefined;
      drained?.();
      for (const listener of [...this.#listeners]) listener();
      if (this.#isWriting) return;
      if (this.#waiting.length > 0) this.#writeNext();
      else if (this.#isClosed) this.#finish();
    });
  }

  /** A full disk loses lines of a log, but must not stop the cluster. */
  #writeAll(block: Buffer, done: () => void): void {
    write(this.#fd, block, (error, written) => {
      if (error !== null || written === block.length) done();
      else this.#writeAll(block.subarray(written), done);
    });
  }

  #rotate(): void {
    const folder = dirname(this.path);
    const name = basename(this.path);
    try {
      const time = new Date().toISOString().replace(/[-:.TZ]/g, '');
      this.#rotations += 1;
      // Names sort by time, and differ within a millisecond.
      renameSync(this.path, `${this.path}.${time}${String(this.#rotations % 1_000).padStart(3, '0')}`);
    } catch {
      // The pod's logs were removed before this write, so the rest is lost with the open file.
      return;
    }
    closeSync(this.#fd);
    this.#fd = openSync(this.path, 'a');
    this.#fileBytes = 0;
    const old = readdirSync(folder)
      .filter((one) => one.startsWith(`${name}.`))
      .sort();
    for (const one of old.slice(0, Math.max(0, old.length - (this.#limits.maxFiles - 1))))
      rmSync(join(folder, one), { force: true });
  }

  #finish(): void {
    this.#isFinished = true;
    closeSync(this.#fd);
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }
}

/** Removes the CR that a terminal puts before each LF, because containerd's log has bare lines. */
function withBareEnds(lines: string): string {
  if (!lines.includes('\r')) return lines;
  return `${lines}\n`.replaceAll('\r\n', '\n').slice(0, -1);
}

/** Puts time, stream and tag before each line, and splits lines that are too long. */
function withPrefixes(lines: string, stream: LogStream): string {
  const full = prefix(stream, 'F');
  if (!hasLongLine(lines)) return `${full}${lines.replaceAll('\n', `\n${full}`)}\n`;
  return lines
    .split('\n')
    .map((line) => {
      const last = Math.max(0, Math.ceil(line.length / maxLineBytes) - 1) * maxLineBytes;
      return `${asParts(line.slice(0, last), stream)}${full}${line.slice(last)}\n`;
    })
    .join('');
}

/** Jumps over almost all of the text, because it looks only as far as a line may be long. */
function hasLongLine(lines: string): boolean {
  for (let start = 0; lines.length - start > maxLineBytes; ) {
    const end = lines.lastIndexOf('\n', start + maxLineBytes);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

/** Writes the start of a line as parts of the full size. */
function asParts(text: string, stream: LogStream): string {
  const part = prefix(stream, 'P');
  let result = '';
  for (let start = 0; start < text.length; start += maxLineBytes)
    result += `${part}${text.slice(start, start + maxLineBytes)}\n`;
  return result;
}

/** RFC 3339 with nanoseconds. This machine's clock gives only the first three digits. */
function prefix(stream: LogStream, tag: 'P' | 'F'): string {
  return `${new Date().toISOString().replace('Z', '000000Z')} ${stream} ${tag} `;
}
