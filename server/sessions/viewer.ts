import { outputChunkBytes, outputGatherMs, windowBytes, windowLowBytes } from '#lib/protocol/limits.ts';
import type { ReplayBuffer } from '#lib/terminal/replay-buffer.ts';
import { ViewerWindow } from '#lib/terminal/viewer-window.ts';

/** Takes output on its way to one viewer; `position` is that of the first byte. */
export type ViewerSink = (position: number, bytes: Uint8Array) => void;

/** One viewer's place in a terminal's output, and when it is sent more. */
export class Viewer {
  readonly #buffer: ReplayBuffer;
  readonly #window: ViewerWindow;
  readonly #sink: ViewerSink;
  #timer: NodeJS.Timeout | undefined;
  #lastSentAt = 0;
  #closed = false;

  constructor(buffer: ReplayBuffer, position: number, sink: ViewerSink) {
    this.#buffer = buffer;
    this.#window = new ViewerWindow(position, { size: windowBytes, low: windowLowBytes });
    this.#sink = sink;
  }

  /** There is new output: sent at once where the line was quiet, gathered where it is busy. */
  notify(): void {
    const pending = this.#buffer.end - this.#window.sent;
    const sinceLast = performance.now() - this.#lastSentAt;
    if (pending >= outputChunkBytes || sinceLast >= outputGatherMs) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), outputGatherMs - sinceLast);
  }

  acknowledge(position: number): void {
    this.#window.acknowledge(position);
    this.#send();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#closed && this.#window.room > 0) {
      // A viewer that fell further behind than the buffer reaches goes on at its start; the gap shows in the positions.
      if (this.#window.sent < this.#buffer.start) this.#window.skipTo(this.#buffer.start);
      const position = this.#window.sent;
      const bytes = this.#buffer.read(position, Math.min(outputChunkBytes, this.#window.room));
      if (bytes.length === 0) return;
      this.#window.advance(bytes.length);
      this.#lastSentAt = performance.now();
      this.#sink(position, bytes);
    }
  }
}
