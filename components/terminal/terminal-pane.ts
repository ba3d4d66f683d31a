import { formatBytes } from '#lib/format-bytes.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { TerminalAudience } from '#lib/terminal/audience.ts';
import type { RedrawReason } from '#lib/terminal/screen.ts';
import { isTerminalAnswer } from '#lib/terminal/terminal-answer.ts';
import { TerminalFeed } from '#lib/terminal/terminal-feed.ts';
import { getConnection } from '../connection/connection.ts';
import { isDeepEqual } from '../connection/deep-equal.ts';
import { useTerminalStore, watchTokenFor } from '../open-terminals/terminal-store.ts';
import { InputQueue } from './input-queue.ts';
import { Screen } from './screen.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** What a pane shows beside its screen. */
export interface PaneNotes {
  audience: TerminalAudience | undefined;
  /** Why the last input was not sent. */
  lost: AppError | undefined;
  /** Bytes that wait for the connection. */
  pending: number;
  /** A link that was clicked, before it opens. */
  link: string | undefined;
  /** Several lines that the user wants to paste, before they run. */
  pasted: string | undefined;
}

export const noNotes: PaneNotes = {
  audience: undefined,
  lost: undefined,
  pending: 0,
  link: undefined,
  pasted: undefined,
};

export interface PaneOptions {
  session: string;
  label: string;
  settings: TerminalSettings;
  isReadOnly: boolean;
  onNotes(change: Partial<PaneNotes>): void;
  onLeave(): void;
  onSearch(): void;
}

type Size = TerminalAudience['size'];

/** The first byte of every escape sequence. */
const escapeByte = 0x1b;

/** One terminal on the page: its screen, the output that comes to it and the input that goes from it. */
export class TerminalPane {
  readonly #connection = getConnection();
  readonly #session: string;
  readonly #isReadOnly: boolean;
  readonly #onNotes: PaneOptions['onNotes'];
  readonly #input: InputQueue;
  readonly #screen: Screen;
  readonly #feed: TerminalFeed;
  readonly #stops: (() => void)[];
  #isWatching: boolean;
  #hasLost = false;
  /** The connection on which the terminal was opened last. The server takes no input before that. */
  #openedEpoch = 0;
  /** The size of the driver's window, while this one shows it scaled. */
  #followed: Size | undefined;

  constructor(element: HTMLElement, options: PaneOptions) {
    this.#session = options.session;
    this.#isReadOnly = options.isReadOnly;
    this.#isWatching = options.isReadOnly;
    this.#onNotes = options.onNotes;
    this.#input = this.#createInput();
    this.#screen = this.#createScreen(element, options);
    this.#feed = new TerminalFeed({
      connection: this.#connection,
      session: options.session,
      sink: {
        draw: (bytes, done) => this.#screen.draw(bytes, done),
        redraw: (bytes, why, done) => this.#screen.redraw(bytes, explainRedraw(why), done),
      },
      watchToken: watchTokenFor(options.session),
    });
    this.#stops = [
      this.#connection.onChange(() => this.#input.resume()),
      this.#connection.listen('terminal:audience', (fact) => fact.session === options.session && this.#follow(fact)),
    ];
  }

  #createInput(): InputQueue {
    return new InputQueue({
      send: (bytes) => this.#connection.ask('terminal:input', { session: this.#session, bytes }),
      canSend: () => this.#connection.state === 'connected' && this.#openedEpoch === this.#connection.epoch,
      onLost: (error) => {
        this.#hasLost = true;
        this.#onNotes({ lost: error instanceof AppError ? error : new AppError('internal', 'It failed.') });
      },
      onPending: (pending) => this.#onNotes({ pending }),
    });
  }

  #createScreen(element: HTMLElement, { settings, label, onLeave, onSearch }: PaneOptions): Screen {
    return new Screen(element, {
      settings,
      label,
      onInput: (bytes) => this.#send(bytes),
      onResize: (columns, rows) => {
        useTerminalStore.getState().set({ size: { columns, rows } });
        this.#tellSize({ columns, rows });
      },
      onLink: (link) => this.#onNotes({ link }),
      onRiskyPaste: (pasted) => this.#onNotes({ pasted }),
      onLeave,
      onSearch,
    });
  }

  /** Begins, or goes on after a new connection. */
  open(): void {
    this.#feed.open().catch(() => {
      // Either the session was closed, which the list of terminals shows, or the next connection opens it again.
    });
    this.#openedEpoch = this.#connection.epoch;
    this.#tellSize(this.#screen.size);
    this.#input.resume();
  }

  apply(settings: TerminalSettings): void {
    this.#screen.apply(settings);
  }

  show(isShown: boolean): void {
    this.#screen.show(isShown);
  }

  focus(): void {
    this.#screen.focus();
  }

  /** False where the text is not found. */
  find(text: string, direction: 'next' | 'previous'): Promise<boolean> {
    return this.#screen.find(text, direction);
  }

  get selection(): string {
    return this.#screen.selection;
  }

  /** Asks first where each line would run at once. */
  askAndPaste(text: string): void {
    this.#screen.askAndPaste(text);
  }

  paste(text: string): void {
    this.#screen.paste(text);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#input.close();
    this.#feed.close();
    this.#screen.dispose();
  }

  #send(bytes: Uint8Array): void {
    // While old output is replayed, drop xterm's automatic replies (ESC ...): the program that asked no longer waits.
    if (this.#feed.isReplaying && bytes[0] === escapeByte) return;
    // A watching terminal must not answer a program's questions, because the driver's terminal does.
    if (this.#isWatching && isTerminalAnswer(bytes)) return;
    if (this.#hasLost) this.#onNotes({ lost: undefined });
    this.#hasLost = false;
    this.#input.push(bytes);
  }

  /** Takes the size of the window that has the keyboard. */
  #follow(audience: TerminalAudience): void {
    const { driver, you } = audience;
    this.#isWatching = this.#isReadOnly || (driver !== undefined && driver !== you);
    this.#onNotes({ audience });
    const size = this.#isWatching ? audience.size : undefined;
    if (isDeepEqual(size, this.#followed)) return;
    this.#followed = size;
    this.#screen.follow(size);
    // This window has got the keyboard, or all others have left: its own size counts now.
    if (size === undefined) this.#tellSize(this.#screen.size);
  }

  #tellSize(size: Size): void {
    this.#connection.ask('terminal:resize', { session: this.#session, ...size }).catch(() => {
      // With the next connection the size is sent again.
    });
  }
}

function explainRedraw(why: RedrawReason): string {
  return why.kind === 'skipped'
    ? `${formatBytes(why.bytes)} of output are no longer kept`
    : 'Ephemera’s server started again; this is from the container’s log';
}
