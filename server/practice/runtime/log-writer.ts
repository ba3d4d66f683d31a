import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, write } from 'node:fs';
import { dirname, join } from 'node:path';

export type LogStream = 'stdout' | 'stderr';

/** The kubelet's defaults: containerLogMaxSize 10Mi, containerLogMaxFiles 5. */
const maxFileBytes = 10 * 1024 * 1024;
const maxFiles = 5;
/** containerd cuts longer lines into parts (max_container_log_line_size). */
const maxLineBytes = 16 * 1024;
/** How much may wait for the disk before the container has to: enough to keep a disk busy, little for hundreds of them. */
const maxWaitingBytes = 1024 * 1024;
const newline = 10;

/**
 * Writes what a container prints into a file in the CRI's format: `time stream tag line`, tag P for a part of a line and
 * F for its end. The file is rotated at a size, and memory stays flat however fast the container prints.
 */
export class LogWriter {
  readonly path: string;
  readonly #rests: Record<LogStream, Buffer[]> = { stdout: [], stderr: [] };
  readonly #listeners = new Set<() => void>();
  #fd: number;
  #fileBytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #isClosed = false;
  #onDrain: (() => void) | undefined;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#fd = openSync(path, 'a');
  }

  get isClosed(): boolean {
    return this.#isClosed && !this.#isWriting;
  }

  /** Calls back after every write, rotation and at the end; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** False once so much waits that the source must pause until `onDrain` is called. */
  write(stream: LogStream, chunk: Buffer, onDrain: () => void): boolean {
    if (this.#isClosed) return true;
    this.#enqueue(this.#format(stream, chunk));
    if (this.#waitingBytes <= maxWaitingBytes) return true;
    this.#onDrain = onDrain;
    return false;
  }

  /** Writes the lines that have no end yet, and closes the file once all is written. */
  close(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#rests[stream];
      if (rest.length > 0) this.#enqueue([...prefix(stream, 'F'), ...rest, Buffer.from('\n')]);
    }
    this.#isClosed = true;
    if (!this.#isWriting) this.#finish();
  }

  #format(stream: LogStream, chunk: Buffer): Buffer[] {
    const parts: Buffer[] = [];
    const full = prefix(stream, 'F');
    const rest = this.#rests[stream];
    let restBytes = rest.reduce((sum, one) => sum + one.length, 0);
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(newline, start);
      const stop = end === -1 ? chunk.length : end;
      const room = maxLineBytes - restBytes;
      if (stop - start > room) {
        parts.push(...prefix(stream, 'P'), ...rest.splice(0), chunk.subarray(start, start + room), Buffer.from('\n'));
        start += room;
        restBytes = 0;
      } else if (end === -1) {
        // A copy: the chunk's memory is the pipe's whole buffer.
        rest.push(Buffer.from(chunk.subarray(start)));
        break;
      } else {
        parts.push(...full, ...rest.splice(0), chunk.subarray(start, end + 1));
        start = end + 1;
        restBytes = 0;
      }
    }
    return parts;
  }

  #enqueue(parts: Buffer[]): void {
    if (parts.length === 0) return;
    const block = Buffer.concat(parts);
    this.#waiting.push(block);
    this.#waitingBytes += block.length;
    if (!this.#isWriting) this.#writeNext();
  }

  #writeNext(): void {
    const block = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#isWriting = true;
    if (this.#fileBytes > maxFileBytes) this.#rotate();
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

  /** A full disk loses lines of a log; it must not stop the cluster. */
  #writeAll(block: Buffer, done: () => void): void {
    write(this.#fd, block, (error, written) => {
      if (error !== null || written === block.length) done();
      else this.#writeAll(block.subarray(written), done);
    });
  }

  #rotate(): void {
    closeSync(this.#fd);
    const folder = dirname(this.path);
    const name = this.path.slice(folder.length + 1);
    renameSync(this.path, `${this.path}.${new Date().toISOString().replace(/[-:.TZ]/g, '')}`);
    const old = readdirSync(folder)
      .filter((one) => one.startsWith(`${name}.`))
      .sort();
    for (const one of old.slice(0, Math.max(0, old.length - (maxFiles - 1))))
      rmSync(join(folder, one), { force: true });
    this.#fd = openSync(this.path, 'a');
    this.#fileBytes = 0;
  }

  #finish(): void {
    closeSync(this.#fd);
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }
}

/** RFC 3339 with nanoseconds, of which this machine's clock gives the first three digits. */
function prefix(stream: LogStream, tag: 'P' | 'F'): Buffer[] {
  return [Buffer.from(`${new Date().toISOString().replace('Z', '000000Z')} ${stream} ${tag} `)];
}
