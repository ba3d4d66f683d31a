import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, type Page } from '@playwright/test';
import { createWebPod } from './clusters/pods.ts';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { startWorkerCluster } from './clusters/worker-cluster.ts';
import { openPod, openPods } from './pages.ts';
import { type RunningServer, startServer } from './product.ts';
import { ServerTerminals } from './server-terminals.ts';
import { makeSlow } from './slow-browser.ts';
import { isStress } from './stress.ts';
import { TerminalDriver } from './terminal-driver.ts';

interface WorkerFixtures {
  cluster: StoryCluster;
  server: RunningServer;
  serverTerminals: ServerTerminals;
  /** One for all stories of a worker: what it has compiled and cached is not made anew for each. */
  sharedContext: BrowserContext;
}

/** A server that can be ended and started again, as the same to its pages. */
export interface RestartableServer {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

interface TestFixtures {
  saysWhereItRuns: undefined;
  restartable: RestartableServer;
  /** The name of a web server's pod that only this test has touched. */
  webPod: string;
  /** A page that is logged in and has opened nothing yet. Ends with all terminals closed and without an error of a script. */
  app: Page;
  /** The same on the list of the worker's pods. */
  pods: Page;
  /** The same on the page of `webPod`. */
  podPage: Page;
  terminal: TerminalDriver;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  cluster: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      await using worker = await startWorkerCluster();
      // Servers that stories start themselves read it too.
      process.env['KUBECONFIG'] = worker.cluster.kubeconfig;
      await use(worker.cluster);
    },
    // A crash that the workloads need takes ten seconds to be tried again; a loaded machine takes three times that.
    { scope: 'worker', timeout: 180_000 },
  ],
  server: [
    async ({ cluster: _ }, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  serverTerminals: [
    async ({ server }, use) => {
      using terminals = await ServerTerminals.connect(server.url);
      await use(terminals);
    },
    { scope: 'worker' },
  ],
  sharedContext: [
    async ({ browser, server }, use) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        baseURL: server.origin,
        acceptDownloads: true,
      });
      if (isStress) await makeSlow(context);
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ sharedContext: context, server }, use) => {
    await use(context);
    await forget(context, server.origin);
  },
  saysWhereItRuns: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use, { tags }) => {
      base.expect(tags, 'where the story runs: see where.ts').not.toEqual([]);
      await use(undefined);
    },
    { auto: true },
  ],
  app: async ({ page, context, server, serverTerminals }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) problems.push(message.text());
    });
    await context.addCookies([server.cookie]);
    await use(page);
    await serverTerminals.closeAll();
    base.expect(problems).toEqual([]);
  },
  pods: async ({ app, cluster }, use) => {
    await openPods(app, cluster);
    await use(app);
  },
  podPage: async ({ app, cluster, webPod }, use) => {
    await openPod(app, cluster, webPod);
    await use(app);
  },
  webPod: async ({ cluster }, use) => {
    const name = await createWebPod(cluster);
    await use(name);
    await cluster.deletePod(name);
  },
  restartable: async ({ cluster: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
    // A port that was free just now: who comes back needs the same one.
    const first = await startServer();
    await first.stop();
    const flags = ['--port', new URL(first.origin).port, '--data', folder];
    let server = await startServer({}, flags);
    await use({
      url: server.url,
      kill: () => server.stop('SIGKILL'),
      async start() {
        server = await startServer({}, flags);
      },
    });
    await server.stop();
    rmSync(folder, { recursive: true });
  },
  terminal: async ({ page }, use) => use(new TerminalDriver(page)),
});

export { expect } from '@playwright/test';

/** Leaves a shared context as a new one is, but for its caches. */
async function forget(context: BrowserContext, origin: string): Promise<void> {
  const [page, ...others] = context.pages();
  for (const other of others) await other.close();
  if (page !== undefined) {
    const session = await context.newCDPSession(page);
    await page.goto('about:blank');
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb,cache_storage' });
    await page.close();
  }
  await context.clearCookies();
  await context.clearPermissions();
}
