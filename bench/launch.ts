// From the click on "Start debugger" to a prompt, against `kubectl debug -it`, interleaved on the same cluster and pods.
// Prints both medians and their ratio, and exits 1 where a target is missed.
import { execFileSync } from 'node:child_process';
import { type IPty, spawn as spawnPty } from '@lydell/node-pty';
import { chromium, type Page } from '@playwright/test';
import { browserOptions, startServer } from '#e2e/product.ts';
import { printTable } from './table.ts';

const rounds = 20;
const image = 'busybox:1.36';
const promptTimeoutMs = 20_000;

const kubectl = (...words: string[]) => execFileSync('kubectl', words, { encoding: 'utf8' });

function makePod(index: number): string {
  const name = `bench-${index}`;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { 'made-by': 'bench' } },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'web', image: 'localhost/py-serv:1' }] },
  };
  execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(pod) });
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
  return name;
}

/** In the browser: dialog open and filled, then from the click until the prompt stands on the screen. No key is pressed. */
async function throughDashboard(page: Page, origin: string, pod: string): Promise<number> {
  await page.goto(`${origin}/pod?${new URLSearchParams({ context: 'admin', namespace: 'shop', name: pod })}`);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await page.getByLabel('Target container').selectOption('web');
  const start = page.getByRole('button', { name: 'Start debugger' });
  await start.waitFor();
  // Measured inside the page, so that the driver's own pace is left out.
  const elapsed = await page.evaluate(async (timeoutMs) => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Start debugger');
    const begin = performance.now();
    button?.click();
    while (performance.now() - begin < timeoutMs) {
      const rows = [...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent?.trim() ?? '');
      if (rows.some((row) => /^\/ #$/.test(row))) return performance.now() - begin;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return Number.NaN;
  }, promptTimeoutMs);
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
  await page.keyboard.type('exit\n');
  await page.getByText(/^Ended/).waitFor();
  await page.getByRole('button', { name: /its process goes on/ }).click();
  return elapsed;
}

/** From the start of kubectl until its prompt. It is given a pseudo-terminal, as a person's shell gives it one. */
function throughKubectl(pod: string): Promise<number> {
  const begin = performance.now();
  const terminal: IPty = spawnPty(
    'kubectl',
    ['-n', 'shop', 'debug', '-it', pod, '--image', image, '--target', 'web', '--profile', 'general'],
    {
      cols: 120,
      rows: 30,
      env: process.env as Record<string, string>,
    },
  );
  return new Promise((resolve) => {
    let output = '';
    let elapsed = Number.NaN;
    const timer = setTimeout(() => terminal.kill(), promptTimeoutMs);
    terminal.onData((data) => {
      output += data;
      if (!Number.isNaN(elapsed) || !/\/ # /.test(output)) return;
      elapsed = performance.now() - begin;
      terminal.write('exit\r');
    });
    terminal.onExit(() => {
      clearTimeout(timer);
      resolve(elapsed);
    });
  });
}

function median(values: number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

const server = await startServer();
const browser = await chromium.launch(browserOptions);
const dashboard: number[] = [];
const peer: number[] = [];
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.getByRole('grid', { name: 'Pods' }).waitFor();
  for (let round = 0; round < rounds; round++) {
    // A pod each, so that both meet the same: a pod without debuggers. Who goes first alternates.
    const runs = [
      async () => dashboard.push(await throughDashboard(page, server.origin, makePod(round * 2))),
      async () => peer.push(await throughKubectl(makePod(round * 2 + 1))),
    ];
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) await run();
    console.log(`${round + 1}: dashboard ${dashboard.at(-1)?.toFixed(0)} ms, kubectl ${peer.at(-1)?.toFixed(0)} ms`);
    kubectl('-n', 'shop', 'delete', 'pods', '-l', 'made-by=bench', '--now', '--wait=true');
  }
} finally {
  await browser.close();
  await server.stop();
  kubectl('-n', 'shop', 'delete', 'pods', '-l', 'made-by=bench', '--now', '--wait=false');
}
const prompts = (values: number[]) => values.filter((value) => !Number.isNaN(value)).length;
const isMet = printTable([
  { what: 'dashboard, click to prompt, median', value: median(dashboard), unit: 'ms' },
  { what: 'kubectl debug -it, start to prompt, median', value: median(peer), unit: 'ms' },
  { what: 'ratio of the medians', value: median(dashboard) / median(peer), unit: '', atMost: 0.6 },
  { what: 'dashboard: starts without a prompt', value: rounds - prompts(dashboard), unit: 'starts', atMost: 0 },
  { what: 'kubectl: starts without a prompt before a key', value: rounds - prompts(peer), unit: 'starts' },
]);
process.exit(isMet ? 0 : 1);
