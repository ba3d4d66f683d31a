// What a page with 1,000,000 lines of logs is like, from ten containers merged by time, through the whole product: how long
// until all are there, how smoothly it scrolls and how soon a filter answers, beside the same page with 1,000 lines. Prints a
// table, and exits 1 where a target is missed.
import { chromium, type Page } from '@playwright/test';
import { browserOptions, startServer } from '#e2e/product.ts';
import { percentile } from './percentile.ts';
import { benchNamespace, makePod, removePods } from './pods.ts';
import { printTable, type Result } from './table.ts';

const containers = 10;
/** With the runtime's words before each, less than the 10 MiB at which a kubelet begins another file. */
const linesEach = 100_000;
const lines = containers * linesEach;
const fewLines = 1_000;
/** The last line of each container. */
const wanted = `line ${linesEach} of`;
const rounds = 3;
const scrollMs = 2_000;
/** So long a page of a million lines may take to come on a busy machine. */
const loadTimeoutMs = 120_000;

const script = `seq -f 'line %.0f of many' ${linesEach} 2>/dev/null || seq ${linesEach} | sed 's/.*/line & of many/'; exec sleep 100000`;
const names = Array.from({ length: containers }, (_, index) => `c${index}`);
const results: Result[] = [];
const server = await startServer();
const browser = await chromium.launch(browserOptions);
try {
  const [first, ...others] = names.map((name) => ({ name, image: 'busybox:1.36', command: ['sh', '-c', script] }));
  const pod = makePod('bench-logs', first, others);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(server.url);
  const frames: Record<'many' | 'few', number[]> = { many: [], few: [] };
  const filters: Record<'many' | 'few', number[]> = { many: [], few: [] };
  const loads: number[] = [];
  const measure = async (kind: keyof typeof frames) => {
    frames[kind].push(...(await scroll(page)));
    filters[kind].push(await filter(page, kind === 'many' ? containers : 1));
  };
  for (let round = 0; round < rounds; round++) {
    loads.push(await open(page, { name: pod, extent: 'all', with: names.slice(1).join(',') }, lines));
    await measure('many');
    await open(page, { name: pod, extent: `tail=${fewLines}` }, fewLines);
    await measure('few');
  }
  results.push(
    { what: 'lines', value: lines, unit: 'in the page' },
    { what: 'all merged and there, median', value: percentile(loads, 50), unit: 'ms' },
    { what: 'time between frames while it scrolls, p95', value: percentile(frames.many, 95), unit: 'ms' },
    { what: `the same with ${fewLines} lines`, value: percentile(frames.few, 95), unit: 'ms' },
    // Half a frame more is what people begin to see.
    { what: 'ratio', value: percentile(frames.many, 95) / percentile(frames.few, 95), unit: '', atMost: 1.5 },
    // Nielsen's limit for a train of thought that isn't broken.
    {
      what: 'typed until the filter has looked at all, median',
      value: percentile(filters.many, 50),
      unit: 'ms',
      atMost: 1_000,
    },
    { what: `the same with ${fewLines} lines`, value: percentile(filters.few, 50), unit: 'ms' },
  );
} finally {
  await browser.close();
  await server.stop();
  removePods();
}
process.exit(printTable(results) ? 0 : 1);

/** Opens the logs and waits until so many lines are in the page; returns the milliseconds that took. */
async function open(page: Page, query: Record<string, string>, count: number): Promise<number> {
  const address = {
    context: 'admin',
    namespace: benchNamespace,
    container: 'c0',
    follow: 'false',
    ...query,
  };
  const begin = performance.now();
  await page.goto(`${new URL(page.url()).origin}/logs?${new URLSearchParams(address)}`);
  const status = page.getByRole('status').filter({ hasText: `${count.toLocaleString('en')} lines` });
  await status.waitFor({ timeout: loadTimeoutMs });
  return performance.now() - begin;
}

/** Scrolls from one end to the other and back, and returns the times between frames, in milliseconds. */
function scroll(page: Page): Promise<number[]> {
  return page.getByRole('log').evaluate(
    (log, durationMs) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const begin = performance.now();
        let last = begin;
        const frame = (now: number) => {
          times.push(now - last);
          last = now;
          const part = (now - begin) / durationMs;
          if (part >= 1) return resolve(times.slice(1));
          log.scrollTop = (1 - Math.abs(1 - 2 * part)) * (log.scrollHeight - log.clientHeight);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    scrollMs,
  );
}

/** Types what this many lines have, and waits until all were found; returns the milliseconds that took. */
async function filter(page: Page, found: number): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Filter the log' });
  const begin = performance.now();
  await field.fill(wanted);
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${found} of `) })
    .waitFor();
  const matched = performance.now() - begin;
  await field.fill('');
  return matched;
}
