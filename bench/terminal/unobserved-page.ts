import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { browserOptions } from '#e2e/product.ts';

interface Answer {
  id?: number;
  result?: { result?: { value?: unknown }; exceptionDetails?: unknown };
}

/**
 * A page that nobody looks at while it is measured. Playwright has the browser report each frame of a WebSocket, and its
 * bytes: measured, a third of the time in which a page draws a flood. So Playwright prepares the page and leaves; keys and
 * questions then go by the DevTools protocol alone (https://chromedevtools.github.io/devtools-protocol/tot/).
 */
export class UnobservedPage {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #close: () => Promise<void>;
  #lastId = 0;

  private constructor(socket: WebSocket, close: () => Promise<void>) {
    this.#socket = socket;
    this.#close = close;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id === undefined) return;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async open(prepare: (page: Page) => Promise<void>): Promise<UnobservedPage> {
    const profile = mkdtempSync(join(tmpdir(), 'ephemera-browser-'));
    const flags = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
    const browser = spawn(browserOptions.executablePath, [...flags, ...browserOptions.args, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const close = async () => {
      const ended = once(browser, 'exit');
      if (browser.exitCode === null && browser.kill()) await ended;
      rmSync(profile, { recursive: true, force: true });
    };
    try {
      const port = await debuggingPort(browser.stderr);
      const playwright = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const page = playwright.contexts()[0]?.pages()[0];
      if (page === undefined) throw new Error('the browser began without a page');
      await prepare(page);
      // Only its connection: the browser and the page stay.
      await playwright.close();
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Record<string, string>[];
      const address = targets.find(({ type }) => type === 'page')?.['webSocketDebuggerUrl'];
      if (address === undefined) throw new Error('the browser has lost its page');
      const socket = new WebSocket(address);
      await once(socket, 'open');
      return new UnobservedPage(socket, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** The value of an expression once it has one; it may be a promise. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (result?.exceptionDetails !== undefined) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result?.value as T;
  }

  /** What a function returns in the page; it must not use anything from around it. */
  call<A extends object, T>(run: (argument: A) => T | Promise<T>, argument: A): Promise<T> {
    return this.evaluate<T>(`(${run})(${JSON.stringify(argument)})`);
  }

  async type(text: string): Promise<void> {
    await this.#send('Input.insertText', { text });
  }

  async pressEnter(): Promise<void> {
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await this.#send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter });
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  }

  async pressControlC(): Promise<void> {
    const control = 2;
    const key = { key: 'c', code: 'KeyC', windowsVirtualKeyCode: 67, modifiers: control };
    await this.#send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#close();
  }

  #send(method: string, params: object): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

/** Which the browser chose, and prints once it listens. */
async function debuggingPort(stderr: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: stderr });
  for await (const line of lines) {
    const port = /^DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    // Or a full pipe would stop the browser in time.
    stderr.resume();
    return port;
  }
  throw new Error('the browser ended before it listened');
}
