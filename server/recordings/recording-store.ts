import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/protocol/errors.ts';
import {
  type AsciicastHeader,
  parseHeader,
  type RecordedTerminal,
  type RecordingSummary,
} from '#lib/recordings/asciicast.ts';
import { Recorder } from './recorder.ts';

export interface RecordingLimits {
  /** Of all recordings together; the oldest go first. */
  totalBytes: number;
  ageMs: number;
}

/** A header is some hundred bytes; the longest names that Kubernetes allows make it less than two thousand. */
const headerBytes = 4096;
/** One recording may have no more than this share of the folder: it must not push all others out. */
const shareOfOne = 0.25;
/** What is over its age or too much goes when a recording begins, and this often. */
const tidyMs = 10 * 60 * 1_000;
/** A recording that nobody has written to for this long is over. */
const restMs = 60_000;
/** The page lists this many, newest first. */
const maxListed = 1_000;

const suffix = '.cast';

export interface NewRecording {
  about: RecordedTerminal;
  /** The equal kubectl command. */
  command: string;
  columns: number;
  rows: number;
  onFailed(error: AppError): void;
}

/** The recordings of this machine: a folder of asciicast files, kept within its limits. */
export class RecordingStore {
  readonly #folder: string;
  readonly #limits: RecordingLimits;
  readonly #running = new Map<string, Recorder>();
  readonly #timer: NodeJS.Timeout;

  constructor(folder: string, limits: RecordingLimits) {
    this.#folder = folder;
    this.#limits = limits;
    this.#timer = setInterval(() => void this.#tidy().catch(() => {}), tidyMs).unref();
  }

  /** Begins a recording. Throws where its file can't be made. */
  async start({ about, command, columns, rows, onFailed }: NewRecording): Promise<{ id: string; recorder: Recorder }> {
    const at = new Date();
    // Sorted by name they are sorted by time.
    const id = `${at.toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(4).toString('hex')}`;
    const header: AsciicastHeader = {
      version: 3,
      term: { cols: columns, rows, type: 'xterm-256color' },
      timestamp: Math.floor(at.getTime() / 1_000),
      title: `${about.namespace}/${about.pod} ${about.container}`,
      command,
      ephemera: about,
    };
    const file = await this.#create(id);
    const release = () => this.#running.delete(id);
    const recorder = new Recorder({
      file: {
        append: (text) => file.appendFile(text),
        close: () => file.close().finally(release),
      },
      header,
      maxBytes: this.#limits.totalBytes * shareOfOne,
      onFailed,
    });
    this.#running.set(id, recorder);
    this.#tidy().catch(() => {
      // A folder that can't be read now is tidied later.
    });
    return { id, recorder };
  }

  /** Those of one owner, newest first. */
  async list(owner: string): Promise<RecordingSummary[]> {
    const recordings: RecordingSummary[] = [];
    for (const id of await this.#ids()) {
      if (recordings.length === maxListed) break;
      const recording = await this.#describe(id);
      if (recording?.owner === owner) recordings.push(recording);
    }
    return recordings;
  }

  /** Where the file of this owner's recording is. Throws `gone` where there is none of this name. */
  async fileOf(id: string, owner: string): Promise<string> {
    // Only names that are in the folder: nothing that a request says becomes part of a path.
    const isThere = (await this.#ids()).includes(id);
    const recording = isThere ? await this.#describe(id) : undefined;
    if (recording?.owner === owner) return this.#path(id);
    throw new AppError('gone', 'There is no such recording.', { next: 'It may have been deleted, or grown too old.' });
  }

  async delete(id: string, owner: string): Promise<void> {
    const file = await this.fileOf(id, owner);
    if (this.#running.has(id)) {
      throw new AppError('conflict', 'This recording still runs.', { next: 'Stop it first, in its terminal.' });
    }
    await rm(file, { force: true });
  }

  /** Ends all that run; resolves once they are in their files. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#running.values()].map((recorder) => recorder.stop()));
  }

  #path(id: string): string {
    return join(this.#folder, `${id}${suffix}`);
  }

  async #create(id: string): Promise<FileHandle> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      return await open(this.#path(id), 'ax', 0o600);
    } catch (cause) {
      throw new AppError('internal', `A recording can’t be written to ${this.#folder}: ${(cause as Error).message}.`, {
        cause,
        next: 'Make the folder writable, or choose another with --data.',
      });
    }
  }

  /** Newest first. */
  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length))
      .sort()
      .reverse();
  }

  async #describe(id: string): Promise<RecordingSummary | undefined> {
    try {
      await using file = await open(this.#path(id));
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      const header = parseHeader(buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0] ?? '');
      if (header === undefined) return undefined;
      const { size, mtimeMs } = await file.stat();
      const startedAt = header.timestamp * 1_000;
      const isRunning = this.#running.has(id);
      return { id, ...header.ephemera, startedAt, endedAt: Math.max(startedAt, mtimeMs), bytes: size, isRunning };
    } catch {
      // Deleted meanwhile.
      return undefined;
    }
  }

  async #tidy(): Promise<void> {
    let total = 0;
    for (const id of await this.#ids()) {
      const path = this.#path(id);
      const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: Date.now() }));
      total += size;
      // Another server may write here too.
      if (this.#running.has(id) || Date.now() - mtimeMs < restMs) continue;
      if (total > this.#limits.totalBytes || Date.now() - mtimeMs > this.#limits.ageMs) {
        await rm(path, { force: true });
        total -= size;
      }
    }
  }
}
