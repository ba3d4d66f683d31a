// Prints what a first visit loads and what an idle server costs, and exits 1 where a target is missed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browserOptions, startServer } from '#e2e/product.ts';
import { residentMiB } from './process-usage.ts';
import { printTable, type Result } from './table.ts';

const root = join(import.meta.dirname, '..');
/** Of five starts the median: the first reads the disk. */
const starts = 5;
/** An idle server has done its first list and collected its garbage by then. */
const settleMs = 10_000;

const results: Result[] = [];
const listening: number[] = [];
for (let i = 0; i < starts; i++) {
  const server = await startServer();
  listening.push(server.listeningMs);
  await server.stop();
}
listening.sort((a, b) => a - b);
results.push({
  what: 'server listens after (median of 5)',
  value: listening[2] ?? Number.NaN,
  unit: 'ms',
  atMost: 1000,
});

const server = await startServer();
const browser = await chromium.launch(browserOptions);
try {
  const page = await browser.newPage();
  const scripts = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  await page.goto(server.url);
  await page.getByRole('grid', { name: 'Pods' }).waitFor();
  await page.waitForLoadState('networkidle');
  results.push({ what: 'pods page, JavaScript gzipped', value: gzippedKb(scripts), unit: 'kB', atMost: 200 });
  await page
    .getByRole('row', { name: /shell|nginx/ })
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Attach to/ })
    .first()
    .click();
  await page.locator('.xterm-rows').waitFor();
  results.push({ what: 'with pod page and terminal', value: gzippedKb(scripts), unit: 'kB', atMost: 340 });
  await page.getByRole('button', { name: /^Close debugger|^Close shell/ }).click();
  await delay(settleMs);
  results.push({ what: 'server RSS, a page open, idle', value: residentMiB(server.pid), unit: 'MB', atMost: 150 });
} finally {
  await browser.close();
  await server.stop();
}
process.exit(printTable(results) ? 0 : 1);

/** Of each file by itself, as a server sends them; 1 kB is 1000 bytes. */
function gzippedKb(paths: Iterable<string>): number {
  let bytes = 0;
  for (const path of paths) bytes += gzipSync(readFileSync(join(root, 'out', path)), { level: 9 }).length;
  return bytes / 1000;
}
