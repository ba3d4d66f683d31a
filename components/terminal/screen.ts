import { FitAddon } from '@xterm/addon-fit';
import type { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { CsiLimiter } from '#lib/terminal/csi-limiter.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { onPageTheme, readTheme } from './terminal-themes.ts';
import { WebglRenderer } from './webgl-renderer.ts';

export interface ScreenOptions {
  settings: TerminalSettings;
  label: string;
  /** Input from the user, or from the terminal itself when it answers a program. */
  onInput(bytes: Uint8Array): void;
  onResize(columns: number, rows: number): void;
  /** A link was clicked. Its text may lie, so the user must see the address before it opens. */
  onLink(address: string): void;
  /** Several lines are about to be pasted, and each may run at once. Nothing is pasted until `paste` is called. */
  onRiskyPaste(text: string): void;
  onLeave(): void;
  onSearch(): void;
}

/** In pixels. Smaller letters can't be read, so a watcher on a phone scrolls instead. */
const smallestFont = 5;
/** The worst output that a container can print takes some 0.1 s to draw for this many bytes. */
const pieceBytes = 8 * 1024;
/** Lines: about a day of work in a shell. Each line costs some hundred bytes. */
const scrollback = 10_000;

/** The terminal on the page: xterm, set up so that a container's output has no effect outside of it. */
export class Screen {
  readonly #element: HTMLElement;
  readonly #terminal: Terminal;
  readonly #options: ScreenOptions;
  readonly #fit = new FitAddon();
  readonly #limiter = new CsiLimiter(() => this.size);
  readonly #webgl: WebglRenderer;
  readonly #observer: ResizeObserver;
  readonly #stopFollowingPage: () => void;
  #search: SearchAddon | undefined;
  #settings: TerminalSettings;
  #isShown = false;
  /** The size of another user's window, which this screen shows scaled. */
  #followed: { columns: number; rows: number } | undefined;

  constructor(element: HTMLElement, options: ScreenOptions) {
    this.#element = element;
    this.#options = options;
    this.#settings = options.settings;
    const openLink = (_event: MouseEvent, address: string) => {
      // Only web pages open, because other schemes start programs.
      if (/^https?:\/\//i.test(address)) options.onLink(address);
    };
    this.#terminal = new Terminal({
      fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
      scrollback,
      cursorBlink: false,
      // The addon for widths of characters needs it.
      allowProposedApi: true,
      linkHandler: { activate: openLink, allowNonHttpProtocols: false },
    });
    this.#webgl = new WebglRenderer(this.#terminal);
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
    this.#terminal.loadAddon(new WebLinksAddon(openLink));
    this.#listen();
    this.apply(options.settings);
    this.#terminal.open(element);
    this.#terminal.textarea?.setAttribute('aria-label', options.label);
    this.#stopFollowingPage = onPageTheme(() => this.apply(this.#settings));
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(element);
    this.fit();
  }

  #listen(): void {
    const { onInput, onResize } = this.#options;
    const encoder = new TextEncoder();
    this.#terminal.onData((text) => onInput(encoder.encode(text)));
    // Mouse reports for old programs: each character is one byte.
    this.#terminal.onBinary((text) => onInput(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    this.#terminal.onResize(({ cols, rows }) => {
      if (this.#followed === undefined) onResize(cols, rows);
    });
    this.#terminal.attachCustomKeyEventHandler((event) => this.#handleKey(event));
    // Captured here, the event comes before xterm's own listeners further in.
    this.#element.addEventListener('paste', (event) => this.#handlePaste(event), { capture: true });
    // Copied when the mouse button is released, not at each letter on the way.
    this.#element.addEventListener('mouseup', () => {
      if (this.#settings.copiesOnSelect && this.selection !== '') void navigator.clipboard.writeText(this.selection);
    });
  }

  apply(settings: TerminalSettings): void {
    this.#settings = settings;
    const theme = readTheme(settings.theme);
    // The frame gets the colour as well, because a part of a cell is left over at the edge.
    (this.#element.parentElement ?? this.#element).style.backgroundColor = theme.colors.background;
    this.#terminal.options = {
      theme: theme.colors,
      minimumContrastRatio: theme.minimumContrast,
      screenReaderMode: settings.isScreenReaderMode,
      // A followed terminal keeps the size of letters that makes it fit.
      ...(this.#followed === undefined ? { fontSize: settings.fontSize } : {}),
    };
    if (this.#isShown) void this.#webgl.use(settings.renderer);
    this.fit();
  }

  /** A hidden screen takes output but draws nothing. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown) void this.#webgl.use(this.#settings.renderer);
    else this.#webgl.release();
    this.fit();
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows };
  }

  draw(bytes: Uint8Array, done: () => void): void {
    this.#write(this.#limiter.take(bytes), done);
  }

  /** Writes in pieces, because xterm lets the page react only between two of them. */
  #write(bytes: Uint8Array, done: () => void): void {
    let at = 0;
    for (; bytes.length - at > pieceBytes; at += pieceBytes) this.#terminal.write(bytes.subarray(at, at + pieceBytes));
    this.#terminal.write(bytes.subarray(at), done);
  }

  /** Clears the screen, then writes a dim note of ours and the bytes that draw the screen. */
  redraw(bytes: Uint8Array, note: string, done: () => void): void {
    this.#terminal.reset();
    this.#limiter.reset();
    this.#terminal.write(`\x1b[2m— ${note} —\x1b[22m\r\n`);
    this.#write(bytes, done);
  }

  focus(): void {
    this.#terminal.focus();
  }

  fit(): void {
    const proposed = this.#fit.proposeDimensions();
    // A hidden element has no size.
    if (proposed === undefined || Number.isNaN(proposed.cols) || proposed.cols < 2) return;
    if (this.#followed === undefined) this.#fit.fit();
    else this.#scaleTo(this.#followed, proposed);
  }

  /** Shows a terminal of this size, in smaller letters where it does not fit; undefined: its own size again. */
  follow(size: { columns: number; rows: number } | undefined): void {
    this.#followed = size;
    if (size === undefined) this.#terminal.options.fontSize = this.#settings.fontSize;
    this.fit();
  }

  #scaleTo({ columns, rows }: { columns: number; rows: number }, proposed: { cols: number; rows: number }): void {
    const { fontSize } = this.#settings;
    this.#terminal.resize(columns, rows);
    const now = this.#terminal.options.fontSize ?? fontSize;
    // The columns and rows that would fit at the chosen size of letters, from those that fit at the current size.
    const scale = Math.min((proposed.cols * now) / (columns * fontSize), (proposed.rows * now) / (rows * fontSize));
    const scaled = Math.max(smallestFont, Math.floor(fontSize * Math.min(1, scale) * 2) / 2);
    if (scaled !== now) this.#terminal.options.fontSize = scaled;
  }

  /** False where the text is not found. */
  async find(text: string, direction: 'next' | 'previous'): Promise<boolean> {
    if (text === '') return true;
    if (this.#search === undefined) {
      const { SearchAddon } = await import('@xterm/addon-search');
      this.#search ??= new SearchAddon();
      this.#terminal.loadAddon(this.#search);
    }
    return direction === 'next' ? this.#search.findNext(text) : this.#search.findPrevious(text);
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  /** Asks first where each line would run at once. */
  askAndPaste(text: string): void {
    if (this.#isRisky(text)) this.#options.onRiskyPaste(text);
    else this.paste(text);
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#stopFollowingPage();
    this.#webgl.release();
    this.#terminal.dispose();
  }

  /** A program that asked for bracketed paste shows the text first; any other runs each line as it comes. */
  #isRisky(text: string): boolean {
    if (!this.#settings.asksBeforePaste || this.#terminal.modes.bracketedPasteMode) return false;
    return /[\r\n]./s.test(text.trimEnd());
  }

  #handlePaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!this.#isRisky(text)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#options.onRiskyPaste(text);
  }

  /** Returns false for our own keys, which must not reach the container. */
  #handleKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      this.#options.onLeave();
      return false;
    }
    if (!event.ctrlKey || !event.shiftKey) return true;
    switch (event.key.toLowerCase()) {
      case 'f':
        event.preventDefault();
        this.#options.onSearch();
        return false;
      case 'c':
        event.preventDefault();
        void navigator.clipboard.writeText(this.selection);
        return false;
      case 'v':
        // The browser pastes; xterm must not type the key as well.
        return false;
      default:
        return true;
    }
  }
}
