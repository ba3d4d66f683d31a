import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { RunningServer } from '#e2e/product.ts';
import { percentile } from '../percentile.ts';
import type { Result } from '../table.ts';
import type { BenchPod } from './terminals.ts';
import { UnobservedPage } from './unobserved-page.ts';

const mebibyte = 1024 * 1024;
const rounds = 3;
const bytes = 16 * mebibyte;
const line = 'x'.repeat(127);
const interruptCount = 8;
/** All that stands between a flood and its screen is full by then. */
const floodMs = 1_500;

/**
 * Bytes per second that reach the screen of a page: through the whole product, and by the same engine in the same page fed
 * from memory, in turn. Both are timed until the last line has been drawn. And how soon a flood ends for who looks at it.
 */
export async function drawing(server: RunningServer, pod: BenchPod): Promise<Result[]> {
  const page = await UnobservedPage.open((fresh) => openShell(fresh, server, pod));
  try {
    const require = createRequire(import.meta.url);
    await page.evaluate(`${readFileSync(require.resolve('@xterm/xterm/lib/xterm.js'), 'utf8')};0`);
    // What the first output makes the browser compile is no part of either.
    await drawProduct(page);
    const rates: Record<'product' | 'memory', number[]> = { product: [], memory: [] };
    for (let round = 0; round < rounds; round++) {
      const runs = [
        async () => rates.product.push(await drawProduct(page)),
        async () => rates.memory.push(await drawFromMemory(page)),
      ];
      for (const run of round % 2 === 0 ? runs : runs.toReversed()) await run();
    }
    const interrupts: number[] = [];
    for (let i = 0; i < interruptCount; i++) interrupts.push(await interruptFlood(page));
    const [ours, floor] = [percentile(rates.product, 50), percentile(rates.memory, 50)];
    return [
      { what: 'drawn in Chromium, median', value: ours, unit: 'MiB/s' },
      { what: 'floor: xterm.js fed from memory in the same page, median', value: floor, unit: 'MiB/s' },
      { what: 'ratio', value: ours / floor, unit: '', atLeast: 0.85 },
      {
        what: 'Ctrl-C until the page shows the prompt, under yes, median',
        value: percentile(interrupts, 50),
        unit: 'ms',
      },
    ];
  } finally {
    await page.close();
  }
}

async function openShell(page: Page, server: RunningServer, { namespace, pod, container }: BenchPod): Promise<void> {
  await page.goto(server.url);
  await page.goto(`${server.origin}/pod?${new URLSearchParams({ context: 'admin', namespace, name: pod })}`);
  await page.getByRole('button', { name: `Shell in ${container}` }).click();
  await page.getByRole('tab', { selected: true }).getByText('live').waitFor({ state: 'attached' });
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
}

/** Milliseconds until a line that begins or ends so stands on the screen. */
function untilShown(page: UnobservedPage, line: { begin: string; end: string }): Promise<number> {
  return page.call(async ({ begin, end }) => {
    const isThere = () =>
      [...document.querySelectorAll('.xterm-rows > div')].some((row) => {
        const text = row.textContent?.trim() ?? '';
        return text.startsWith(begin) && text.endsWith(end);
      });
    const since = performance.now();
    // Not with each frame: looking costs, too. A late look costs a hundredth of what is measured.
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
    return performance.now() - since;
  }, line);
}

/** From the key that starts it until its last line stands on the screen. */
async function drawProduct(page: UnobservedPage): Promise<number> {
  const mark = `end-${Math.random().toString(36).slice(2, 8)}`;
  await page.type(`clear; yes ${line} | head -c ${bytes}; echo ${mark.slice(0, 5)}""${mark.slice(5)}`);
  const drawn = untilShown(page, { begin: mark, end: '' });
  await page.pressEnter();
  return bytes / mebibyte / ((await drawn) / 1_000);
}

/** From Ctrl-C until the prompt stands below what `yes` printed. */
async function interruptFlood(page: UnobservedPage): Promise<number> {
  await page.type(`clear; yes ${line}`);
  await page.pressEnter();
  await delay(floodMs);
  const prompt = untilShown(page, { begin: '', end: '#' });
  await page.pressControlC();
  return prompt;
}

/** The same lines, in the size that the product's terminal has, in pieces as large as the product's. */
async function drawFromMemory(page: UnobservedPage): Promise<number> {
  const milliseconds = await page.call(
    async ({ total, text }) => {
      const engine = Reflect.get(window, 'Terminal') as new (
        options: object,
      ) => {
        open(element: HTMLElement): void;
        write(data: Uint8Array, done: () => void): void;
        dispose(): void;
      };
      const shown = [...document.querySelectorAll<HTMLElement>('.xterm')].find((one) => one.offsetParent !== null);
      const rows = shown?.querySelectorAll('.xterm-rows > div').length ?? 24;
      const box = shown?.getBoundingClientRect();
      const element = document.createElement('div');
      element.style.cssText = `position:fixed;z-index:99;left:${box?.left}px;top:${box?.top}px;width:${box?.width}px;height:${box?.height}px;background:black`;
      document.body.append(element);
      const terminal = new engine({
        rows,
        cols: Math.floor((box?.width ?? 960) / 8),
        scrollback: 10_000,
        fontSize: 13,
        fontFamily: '"JetBrains Mono Variable", monospace',
        minimumContrastRatio: 4.5,
      });
      terminal.open(element);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const lines = new TextEncoder().encode(`${text}\r\n`.repeat(Math.floor(8_192 / (text.length + 2))));
      const begin = performance.now();
      // As many under way as the product's window has.
      const under = 32;
      let sent = 0;
      await new Promise<void>((resolve) => {
        const more = () => {
          if (sent >= total) return resolve();
          sent += lines.length;
          terminal.write(lines, more);
        };
        for (let i = 0; i < under; i++) more();
      });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const elapsed = performance.now() - begin;
      terminal.dispose();
      element.remove();
      return elapsed;
    },
    { total: bytes, text: line },
  );
  return bytes / mebibyte / (milliseconds / 1_000);
}
