import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Locator, type Page } from '@playwright/test';
import { images } from './images.ts';
import { type RunningServer, startServer } from './product.ts';
import { TerminalDriver } from './terminal-driver.ts';

/** The cluster as an administrator sees it: what the tests check the pages against. */
export function kubectl(...words: string[]): string {
  return execFileSync('kubectl', ['--context', 'admin', ...words], { encoding: 'utf8' });
}

/** The one pod whose labels match. */
export function podName(selector: string): string {
  const names = kubectl('-n', 'shop', 'get', 'pods', '-l', selector, '-o', 'jsonpath={.items[*].metadata.name}').split(
    ' ',
  );
  const [name] = names;
  if (name === undefined || name === '') throw new Error(`no pod matches ${selector}`);
  return name;
}

/** Makes a thing of the cluster, as an administrator. */
export function createObject(manifest: object): void {
  execFileSync('kubectl', ['--context', 'admin', 'create', '-f', '-'], { input: JSON.stringify(manifest) });
}

/** What each debugger of a pod does, by their names: running, terminated, … */
export function debuggerStates(pod: string): Record<string, string> {
  const { status } = JSON.parse(kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'json'));
  const statuses: { name: string; state: object }[] = status.ephemeralContainerStatuses ?? [];
  return Object.fromEntries(statuses.map(({ name, state }) => [name, Object.keys(state)[0] ?? '']));
}

/** A pod like py-serv's, and ready. */
function createWebPod(name: string): void {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'web', image: images.web }] },
  };
  createObject(pod);
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
}

/** Replaces a Deployment's pod by one that has had no debugger yet, and returns its name. */
export function freshPod(selector: string): string {
  const old = podName(selector);
  kubectl('-n', 'shop', 'delete', 'pod', old, '--now');
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', 'pod', '-l', selector, '--timeout=30s');
  return podName(selector);
}

interface WorkerFixtures {
  server: RunningServer;
}

/** A server that can be ended and started again, as the same to its pages. */
export interface RestartableServer {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

interface TestFixtures {
  restartable: RestartableServer;
  /** The name of a web server's pod in namespace shop that only this test has touched. */
  webPod: string;
  /** A page that is logged in and shows the pods. */
  pods: Page;
  terminal: TerminalDriver;
}

/** A story of what pages and the server do by themselves: it is the same on every cluster, and told on one. */
export const onOneCluster = { tag: '@one-cluster' };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  pods: async ({ page, server }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) problems.push(message.text());
    });
    await page.goto(server.url);
    await page.getByRole('grid', { name: 'Pods' }).waitFor({ timeout: 15_000 });
    await use(page);
    await closeTerminals(page);
    base.expect(problems).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  webPod: async ({}, use) => {
    const name = `web-${randomBytes(4).toString('hex')}`;
    createWebPod(name);
    await use(name);
    kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  restartable: async ({}, use) => {
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

/** Terminals outlive a page; the next test begins without them. */
async function closeTerminals(page: Page): Promise<void> {
  // Not by their role: behind a dialog they have none.
  const tabs = page.locator('section[aria-label="Terminals"] [role="tab"]');
  for (let left = await tabs.count(); left > 0; left--) {
    const name = (await tabs.last().getAttribute('title')) ?? '';
    await tabs.last().press('Delete');
    // Whether it is asked depends on what runs in it: the answer is a dialog, or that the tab is gone.
    const leave = page.getByRole('button', { name: 'Leave it running' });
    await base.expect
      .poll(async () => (await leave.isVisible()) || (await tabs.count()) < left, { message: name })
      .toBe(true);
    if (await leave.isVisible()) await leave.click();
    await base.expect(tabs).toHaveCount(left - 1);
  }
}

/** Opens a pod's page by its address, as a colleague's link would. */
export async function openPod(page: Page, name: string, namespace = 'shop'): Promise<void> {
  await page.goto(
    `/pod?${new URLSearchParams({ context: 'admin', namespace, name })}`.replace(/^/, new URL(page.url()).origin),
  );
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Follows a link to another page, and waits for that one's heading: until then locators find what the page before shows. */
export async function followLink(page: Page, link: string, heading = link): Promise<void> {
  await page.getByRole('link', { name: link }).click();
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
}

/** Opens a pod's page and the dialog on it by its key, and returns the dialog. */
export async function openDebugDialog(page: Page, name: string, namespace = 'shop'): Promise<Locator> {
  await openPod(page, name, namespace);
  await page.keyboard.press('d');
  return page.getByRole('dialog');
}

export interface DebugChoice {
  image?: string;
  target?: string;
  profile?: string;
  command?: string;
}

/** Fills the open dialog and starts the debugger. */
export async function startDebugger(page: Page, choice: DebugChoice): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (choice.image !== undefined) await dialog.getByLabel('Image', { exact: true }).fill(choice.image);
  if (choice.target !== undefined) await dialog.getByLabel('Target container').selectOption(choice.target);
  if (choice.profile !== undefined) await dialog.getByLabel('Profile').selectOption(choice.profile);
  if (choice.command !== undefined) await dialog.getByLabel('Command', { exact: true }).fill(choice.command);
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
}
