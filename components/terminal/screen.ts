import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';

export interface ScreenOptions {
  fontSize: number;
  isScreenReaderMode: boolean;
  label: string;
  /** What the user (or the terminal, when asked by a program) types. */
  onInput(bytes: Uint8Array): void;
  onResize(columns: number, rows: number): void;
  /** A link was clicked: its text may lie, so somebody must look at the address first. */
  onLink(address: string): void;
  onLeave(): void;
  onSearch(): void;
}

/** Smaller letters are but dots; a watcher on a phone scrolls instead. */
const smallestFont = 5;
/** About a day of shell work; each line costs some hundred bytes. */
const scrollback = 10_000;

/** The terminal on the page: xterm, and what of a container's output may have an effect outside of it (nothing). */
export class Screen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #observer: ResizeObserver;
  #fontSize: number;
  /** Of somebody else's window, which this one shows scaled. */
  #followed: { columns: number; rows: number } | undefined;

  constructor(element: HTMLElement, options: ScreenOptions) {
    this.#fontSize = options.fontSize;
    const openLink = (_event: MouseEvent, address: string) => {
      // Only web pages: other schemes start programs.
      if (/^https?:\/\//i.test(address)) options.onLink(address);
    };
    this.#terminal = new Terminal({
      fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
      fontSize: options.fontSize,
      scrollback,
      cursorBlink: false,
      screenReaderMode: options.isScreenReaderMode,
      // Programs choose colours for backgrounds they don't know.
      minimumContrastRatio: 4.5,
      theme: readTheme(),
      linkHandler: { activate: openLink, allowNonHttpProtocols: false },
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#terminal.loadAddon(new WebLinksAddon(openLink));
    const encoder = new TextEncoder();
    this.#terminal.onData((text) => options.onInput(encoder.encode(text)));
    // Mouse reports of old programs: bytes, one a character.
    this.#terminal.onBinary((text) => options.onInput(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    this.#terminal.onResize(({ cols, rows }) => {
      if (this.#followed === undefined) options.onResize(cols, rows);
    });
    this.#terminal.attachCustomKeyEventHandler((event) => this.#handleKey(event, options));
    this.#terminal.open(element);
    this.#terminal.textarea?.setAttribute('aria-label', options.label);
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(element);
    this.fit();
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows };
  }

  draw(bytes: Uint8Array, done: () => void): void {
    this.#terminal.write(bytes, done);
  }

  /** Begins anew: a dim line of ours, then what draws the screen. */
  redraw(bytes: Uint8Array, note: string, done: () => void): void {
    this.#terminal.reset();
    this.#terminal.write(`\x1b[2m— ${note} —\x1b[22m\r\n`);
    this.#terminal.write(bytes, done);
  }

  focus(): void {
    this.#terminal.focus();
  }

  fit(): void {
    const proposed = this.#fit.proposeDimensions();
    // While it is hidden there is nothing to measure.
    if (proposed === undefined || Number.isNaN(proposed.cols) || proposed.cols < 2) return;
    if (this.#followed === undefined) this.#fit.fit();
    else this.#scaleTo(this.#followed, proposed);
  }

  /** Shows a terminal of this size, in smaller letters where it is larger than this one; undefined: its own size again. */
  follow(size: { columns: number; rows: number } | undefined): void {
    this.#followed = size;
    if (size === undefined) this.#terminal.options.fontSize = this.#fontSize;
    this.fit();
  }

  #scaleTo({ columns, rows }: { columns: number; rows: number }, proposed: { cols: number; rows: number }): void {
    this.#terminal.resize(columns, rows);
    const now = this.#terminal.options.fontSize ?? this.#fontSize;
    // What would fit at the chosen size of letters, from what fits at the one that there is now.
    const scale = Math.min(
      (proposed.cols * now) / (columns * this.#fontSize),
      (proposed.rows * now) / (rows * this.#fontSize),
    );
    const fontSize = Math.max(smallestFont, Math.floor(this.#fontSize * Math.min(1, scale) * 2) / 2);
    if (fontSize !== now) this.#terminal.options.fontSize = fontSize;
  }

  setFontSize(size: number): void {
    this.#fontSize = size;
    this.#terminal.options.fontSize = size;
    this.fit();
  }

  setScreenReaderMode(isOn: boolean): void {
    this.#terminal.options.screenReaderMode = isOn;
  }

  /** False where the text is not found. */
  find(text: string, direction: 'next' | 'previous'): boolean {
    if (text === '') return true;
    return direction === 'next' ? this.#search.findNext(text) : this.#search.findPrevious(text);
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#terminal.dispose();
  }

  /** Returns false for keys that are ours and must not reach the container. */
  #handleKey(event: KeyboardEvent, { onLeave, onSearch }: ScreenOptions): boolean {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      onLeave();
      return false;
    }
    if (!event.ctrlKey || !event.shiftKey) return true;
    switch (event.key.toLowerCase()) {
      case 'f':
        event.preventDefault();
        onSearch();
        return false;
      case 'c':
        event.preventDefault();
        void navigator.clipboard.writeText(this.selection);
        return false;
      case 'v':
        // The browser pastes it; xterm must only not type it.
        return false;
      default:
        return true;
    }
  }
}

/** The terminal is dark in both themes: programs choose their colours for that. */
function readTheme() {
  const styles = getComputedStyle(document.documentElement);
  return {
    background: styles.getPropertyValue('--terminal').trim(),
    foreground: '#e4e2ec',
    cursor: '#b9a7ff',
    selectionBackground: '#5b3fd6aa',
  };
}
