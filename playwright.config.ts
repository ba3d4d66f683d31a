import { defineConfig } from '@playwright/test';
import { browserOptions } from './e2e/product.ts';

export default defineConfig({
  testDir: 'e2e',
  // One cluster with one node: more workers would only measure each other.
  workers: 1,
  retries: 0,
  // The slowest story starts three debuggers; a start takes well under a second, a loaded CI machine five times that.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  forbidOnly: true,
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: browserOptions,
  },
});
