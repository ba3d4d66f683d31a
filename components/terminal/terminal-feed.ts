import { ackBytes } from '#lib/protocol/limits.ts';
import type { Connection } from '../connection/connection.ts';

export interface FeedSink {
  /** Draws bytes; `done` is called once they are drawn. */
  draw(bytes: Uint8Array, done: () => void): void;
  /** Begins anew with this screen: so many bytes of output are no longer kept. */
  redraw(screen: Uint8Array, skipped: number, done: () => void): void;
}

/**
 * Brings a terminal's output from the server to the screen: each byte once, in order, from where this screen left
 * off, however often the connection breaks.
 */
export class TerminalFeed {
  readonly #connection: Connection;
  readonly #session: string;
  readonly #sink: FeedSink;
  readonly #stops: (() => void)[];
  /** Positions in the output: received by us, drawn on the screen, told to the server. */
  #received = 0;
  #drawn = 0;
  #acknowledged = 0;
  #historyEnd = 0;
  #isOpen = false;

  constructor(connection: Connection, session: string, sink: FeedSink) {
    this.#connection = connection;
    this.#session = session;
    this.#sink = sink;
    const isOurs = (fact: { session: string }) => fact.session === session && this.#isOpen;
    this.#stops = [
      connection.listen('terminal:output', (fact) => isOurs(fact) && this.#take(fact)),
      connection.listen('terminal:snapshot', (fact) => isOurs(fact) && this.#takeScreen(fact)),
    ];
  }

  /** True while what is drawn was written before we looked: questions in it were answered then. */
  get isReplaying(): boolean {
    return this.#drawn < this.#historyEnd;
  }

  /** Begins, or goes on after a new connection. */
  async open(): Promise<void> {
    this.#isOpen = false;
    const { position, historyEnd } = await this.#connection.ask('terminal:open', {
      session: this.#session,
      from: this.#received,
    });
    this.#received = position;
    this.#acknowledged = position;
    this.#historyEnd = historyEnd;
    this.#isOpen = true;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    // Where the connection is down, the server has let go already.
    this.#connection.ask('terminal:leave', { session: this.#session }).catch(() => {});
  }

  #take({ position, bytes, historyEnd }: { position: number; bytes: Uint8Array; historyEnd: number }): void {
    this.#historyEnd = Math.max(this.#historyEnd, historyEnd);
    const begin = Math.max(position, this.#received);
    const end = position + bytes.length;
    if (end <= begin) return;
    this.#received = end;
    // History apart, so that what is asked now is answered even where both come in one piece.
    const border = Math.min(end, Math.max(begin, this.#historyEnd));
    this.#draw(bytes.subarray(begin - position, border - position), border);
    this.#draw(bytes.subarray(border - position), end);
  }

  #takeScreen({ position, skipped, bytes }: { position: number; skipped: number; bytes: Uint8Array }): void {
    this.#received = position;
    this.#historyEnd = Math.max(this.#historyEnd, position);
    this.#sink.redraw(bytes, skipped, () => {
      this.#drawn = position;
      this.#acknowledge();
    });
  }

  #draw(bytes: Uint8Array, end: number): void {
    if (bytes.length > 0) this.#sink.draw(bytes, () => this.#markDrawn(end));
  }

  #markDrawn(position: number): void {
    this.#drawn = position;
    if (this.#drawn - this.#acknowledged >= ackBytes) this.#acknowledge();
  }

  #acknowledge(): void {
    this.#acknowledged = this.#drawn;
    // An acknowledgement that is lost with the connection is made up for by the next `open`.
    this.#connection.ask('terminal:acknowledge', { session: this.#session, position: this.#drawn }).catch(() => {});
  }
}
