import { StringDecoder } from 'node:string_decoder';
import { AppError } from '#lib/protocol/errors.ts';
import { type AsciicastCode, type AsciicastHeader, formatEvent } from '#lib/recordings/asciicast.ts';

/** A killed server loses no more than this of a recording's end; a second is promised. */
const flushMs = 250;
/** Output of this time is one event: below what a screen shows, and far fewer lines of JSON in a flood. */
const gatherMs = 15;
/** A disk that takes less than a terminal prints for this long is given up: memory is everybody's. */
const maxWaitingBytes = 32 * 1024 * 1024;

/** What a recording is written to: a file, for all but tests. */
export interface RecordingFile {
  /** Writes all of it at the end. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface RecorderOptions {
  file: RecordingFile;
  header: AsciicastHeader;
  /** The most that one recording may take. */
  maxBytes: number;
  /** It ended by itself: the disk is full, or the recording is as long as one may be. */
  onFailed(error: AppError): void;
  now?(): number;
}

/** Writes a terminal's output with its times. What goes wrong with the file ends the recording and nothing else. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #decoder = new StringDecoder('utf8');
  readonly #now: () => number;
  #eventAt: number;
  /** Output that is not an event yet, and since when. */
  #text = '';
  #textAt = 0;
  /** Lines for the file. */
  #waiting: string;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isOver = false;
  #stopped: Promise<void> | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#eventAt = this.#now();
    this.#waiting = `${JSON.stringify(options.header)}\n`;
    this.#flushSoon();
  }

  output(bytes: Uint8Array): void {
    if (this.#isOver) return;
    const now = this.#now();
    if (this.#text !== '' && now - this.#textAt >= gatherMs) this.#endText();
    if (this.#text === '') this.#textAt = now;
    this.#text += this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#flushSoon();
    if (this.#waiting.length + this.#text.length > maxWaitingBytes) {
      this.#fail(new AppError('internal', 'The recording was stopped: the disk is too slow for this output.'));
    }
  }

  resize(columns: number, rows: number): void {
    this.#event('r', `${columns}x${rows}`);
  }

  mark(label: string): void {
    this.#event('m', label);
  }

  exit(code: number): void {
    this.#event('x', String(code));
  }

  /** Resolves once all is in the file. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#writing;
    this.#text += this.#decoder.end();
    this.#endText();
    const error = await this.#write();
    if (error !== undefined) this.#options.onFailed(error);
    await this.#options.file.close().catch(() => {
      // All that could be written was.
    });
  }

  #event(code: AsciicastCode, data: string): void {
    if (this.#isOver) return;
    this.#endText();
    this.#line(code, data, this.#now());
    this.#flushSoon();
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#line('o', this.#text, this.#textAt);
    this.#text = '';
  }

  #line(code: AsciicastCode, data: string, at: number): void {
    // A clock that was set back must not make a player wait.
    const seconds = Math.max(0, at - this.#eventAt) / 1_000;
    this.#eventAt = at;
    this.#waiting += formatEvent(seconds, code, data);
  }

  #flushSoon(): void {
    if (this.#writing !== undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#endText();
      this.#writing = this.#write().then((error) => {
        this.#writing = undefined;
        if (error !== undefined) this.#fail(error);
        else if (!this.#isOver && (this.#waiting !== '' || this.#text !== '')) this.#flushSoon();
      });
    }, flushMs);
  }

  /** Writes what waits; returns why nothing more can be written after it. */
  async #write(): Promise<AppError | undefined> {
    const lines = this.#waiting;
    if (lines === '') return undefined;
    this.#waiting = '';
    this.#bytes += Buffer.byteLength(lines);
    try {
      await this.#options.file.append(lines);
    } catch (cause) {
      return explainWrite(cause);
    }
    if (this.#bytes < this.#options.maxBytes) return undefined;
    return new AppError('internal', 'The recording was stopped: it is as large as one may be.', {
      next: 'Start another one; --recordings-size sets how much there may be in all.',
    });
  }

  #fail(error: AppError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#waiting = '';
    this.#text = '';
    this.#options.file.close().catch(() => {
      // Nothing more can be done for it.
    });
    this.#options.onFailed(error);
  }
}

function explainWrite(cause: unknown): AppError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('internal', 'The recording was stopped: the disk is full.', {
      cause,
      next: 'What was recorded until then is kept. Make room, or delete older recordings, and start another one.',
    });
  }
  return new AppError('internal', `The recording was stopped: its file can’t be written (${message}).`, { cause });
}
