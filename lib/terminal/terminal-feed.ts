import type { FactName, Facts } from '#lib/protocol/facts.ts';
import { ackBytes } from '#lib/protocol/limits.ts';
import type { Replies, RequestName, RequestOf } from '#lib/protocol/requests/all.ts';
import type { RedrawReason, TerminalScreen } from '#lib/terminal/screen.ts';

/** The page's way to the server, as far as a terminal's output needs it. */
export interface FeedConnection {
  ask<N extends RequestName>(name: N, request: RequestOf<N>): Promise<Replies[N]>;
  listen<F extends FactName>(name: F, listener: Facts[F]): () => void;
}

export interface FeedSink {
  /** Draws bytes; `done` is called once they are drawn. */
  draw(bytes: Uint8Array, done: () => void): void;
  /** Begins anew with this screen. */
  redraw(screen: Uint8Array, why: RedrawReason, done: () => void): void;
}

export interface TerminalFeedOptions {
  connection: FeedConnection;
  session: string;
  sink: FeedSink;
  /** Of a link by which this page came to watch. */
  watchToken?: string | undefined;
}

/**
 * Brings a terminal's output from the server to the screen: each byte once, in order, from where this screen left
 * off, however often the connection breaks.
 */
export class TerminalFeed {
  readonly #connection: FeedConnection;
  readonly #session: string;
  readonly #sink: FeedSink;
  readonly #watchToken: string | undefined;
  readonly #stops: (() => void)[];
  /** Positions in the output: received by us, drawn on the screen, told to the server. */
  #received = 0;
  #drawn = 0;
  #acknowledged = 0;
  #historyEnd = 0;
  #isOpening = false;
  #incarnation: string | undefined;

  constructor({ connection, session, sink, watchToken }: TerminalFeedOptions) {
    this.#watchToken = watchToken;
    this.#connection = connection;
    this.#session = session;
    this.#sink = sink;
    this.#stops = [
      connection.listen('terminal:output', (fact) => fact.session === session && this.#take(fact)),
      connection.listen('terminal:snapshot', (fact) => fact.session === session && this.#takeScreen(fact)),
    ];
  }

  /** True while what is drawn was written before we looked: questions in it were answered then. */
  get isReplaying(): boolean {
    // Output may overtake the answer that says what of it is history.
    return this.#isOpening || this.#drawn < this.#historyEnd;
  }

  /** Begins, or goes on after a new connection. */
  async open(): Promise<void> {
    this.#isOpening = true;
    this.#acknowledged = this.#received;
    try {
      const { historyEnd, incarnation } = await this.#connection.ask('terminal:open', {
        session: this.#session,
        from: this.#received,
        incarnation: this.#incarnation,
        watch: this.#watchToken,
      });
      // What was drawn is of the first, until there is something to draw of another.
      this.#incarnation ??= incarnation;
      this.#historyEnd = Math.max(this.#historyEnd, historyEnd);
    } finally {
      this.#isOpening = false;
    }
  }

  close(): void {
    for (const stop of this.#stops) stop();
    // Where the connection is down, the server has let go already.
    this.#connection.ask('terminal:leave', { session: this.#session }).catch(() => {});
  }

  #take({ position, bytes, historyEnd }: { position: number; bytes: Uint8Array; historyEnd: number }): void {
    if (position > this.#received) {
      this.#reopen();
      return;
    }
    this.#historyEnd = Math.max(this.#historyEnd, historyEnd);
    const begin = this.#received;
    const end = position + bytes.length;
    if (end <= begin) return;
    this.#received = end;
    // History apart, so that what is asked now is answered even where both come in one piece.
    const border = this.#isOpening ? end : Math.min(end, Math.max(begin, this.#historyEnd));
    this.#draw(bytes.subarray(begin - position, border - position), border);
    this.#draw(bytes.subarray(border - position), end);
  }

  /** Something between was never told, which no rule of the wire allows: asked for again rather than left out. */
  #reopen(): void {
    if (this.#isOpening) return;
    this.open().catch(() => {
      // The next connection opens it again.
    });
  }

  #takeScreen({ position, why, bytes }: TerminalScreen): void {
    this.#received = position;
    // Positions of an incarnation that is over mean nothing now.
    this.#historyEnd = why.kind === 'restarted' ? position : Math.max(this.#historyEnd, position);
    if (why.kind === 'restarted') this.#incarnation = why.incarnation;
    this.#sink.redraw(bytes, why, () => {
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
