// From the click on "Start debugger" to a prompt, against `kubectl debug -it`, interleaved on the same cluster and pods; and how long
// after kubectl the page knows that a start has failed. Prints a table, and exits 1 where a target is missed.
import { type IPty, spawn as spawnPty } from '@lydell/node-pty';
import { chromium } from '@playwright/test';
import { browserOptions, startServer } from '#e2e/product.ts';
import { clickToPrompt, promptTimeoutMs } from './click-to-prompt.ts';
import { failureTold } from './failure-told.ts';
import { percentile } from './percentile.ts';
import { makePod, removePods } from './pods.ts';
import { printTable } from './table.ts';

const rounds = 20;
const failures = 5;
const image = 'busybox:1.36';

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

const server = await startServer();
const browser = await chromium.launch(browserOptions);
const dashboard: number[] = [];
const peer: number[] = [];
const told: number[] = [];
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.getByRole('grid', { name: 'Pods' }).waitFor();
  for (let round = 0; round < rounds; round++) {
    // A pod each, so that both meet the same: a pod without debuggers. Who goes first alternates.
    const runs = [
      async () => dashboard.push(await clickToPrompt(page, server.origin, makePod(`bench-${round * 2}`))),
      async () => peer.push(await throughKubectl(makePod(`bench-${round * 2 + 1}`))),
    ];
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) await run();
    console.log(`${round + 1}: dashboard ${dashboard.at(-1)?.toFixed(0)} ms, kubectl ${peer.at(-1)?.toFixed(0)} ms`);
    removePods();
  }
  for (let round = 0; round < failures; round++) {
    told.push(await failureTold(page, server.origin, makePod(`bench-failure-${round}`)));
  }
} finally {
  await browser.close();
  await server.stop();
  removePods();
}
const prompts = (values: number[]) => values.filter((value) => !Number.isNaN(value)).length;
const isMet = printTable([
  { what: 'dashboard, click to prompt, median', value: percentile(dashboard, 50), unit: 'ms' },
  { what: 'kubectl debug -it, start to prompt, median', value: percentile(peer, 50), unit: 'ms' },
  { what: 'ratio of the medians', value: percentile(dashboard, 50) / percentile(peer, 50), unit: '', atMost: 0.6 },
  { what: 'dashboard: starts without a prompt', value: rounds - prompts(dashboard), unit: 'starts', atMost: 0 },
  { what: 'kubectl: starts without a prompt before a key', value: rounds - prompts(peer), unit: 'starts' },
  // The worst: the person waits for this one, not for the median. Before 0 the page knew first.
  { what: 'a failed pull on the page, after kubectl knows', value: Math.max(...told), unit: 'ms', atMost: 2_000 },
]);
process.exit(isMet ? 0 : 1);
