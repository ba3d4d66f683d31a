import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { testedCluster } from './e2e/clusters/tested-cluster.ts';
import { storyBrowserOptions } from './e2e/product.ts';
import { isStress } from './e2e/stress.ts';

const isCi = process.env['CI'] === 'true';
/** Stories wait for about a third of their time: one worker more than cores keeps the cores busy. */
const workers = availableParallelism() + 1;

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  // Under stress a core is busy already, and slow browsers take the others.
  workers: isStress ? 1 : workers,
  // A story that fails once is run again in CI, with a trace, and named. Nothing is tried again elsewhere.
  retries: isCi && !isStress ? 1 : 0,
  // The slowest story starts three debuggers; a start takes well under a second, a loaded CI machine five times that.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./e2e/flaky-reporter.ts']],
  forbidOnly: true,
  use: {
    trace: 'on-first-retry',
    launchOptions: storyBrowserOptions,
  },
  projects: [{ name: testedCluster() }],
});
