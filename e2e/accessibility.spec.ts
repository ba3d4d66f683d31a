import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { followLink, openDialog, openPod, openPods, podParameters, startDebugger, visit } from './pages.ts';
import { ProcessList } from './process-list.ts';
import { expectNoViolations } from './violations.ts';
import { onPractice } from './where.ts';

/** What the page of each path shows when it is whole: an entry of a folder, a line of a text, a line of the bytes. */
const nginxFiles = [
  ['/etc/nginx', 'nginx.conf'],
  ['/etc/nginx/nginx.conf', 'worker_processes 2;'],
  ['/usr/sbin/nginx', '00000000'],
] as const;

// Each state of a page is checked as a whole, in two colour schemes: a busy machine (load 25 on 2 cores) needs two minutes.
const walkTimeoutMs = 180_000;

test(
  'no page before a debugger starts has an accessibility violation',
  onPractice,
  async ({ pods: page, cluster, webPod }) => {
    test.setTimeout(walkTimeoutMs);
    await page.getByRole('row').filter({ hasText: webPod }).waitFor();
    await expectNoViolations(page, 'pods');
    await openPod(page, cluster, webPod);
    await page.getByText(/^Read \d+s ago/).waitFor();
    await expectNoViolations(page, 'pod');
    await openDialog(page);
    await page.getByRole('button', { name: 'Start debugger' }).waitFor();
    await expectNoViolations(page, 'dialog');
    await page.getByLabel('Profile').selectOption('restricted');
    await page.getByRole('button', { name: /^Run it as user/ }).click();
    await page.getByRole('region', { name: 'What is sent, in YAML' }).waitFor();
    await page.getByLabel('Environment').fill('wrong');
    await expectNoViolations(page, 'dialog with more options and a problem');
    await page.getByLabel('Environment').fill('');
    await page.getByLabel('Run as user').fill('');
    for (const kind of ['In a copy', 'On its node', 'In the pod']) {
      await page.getByRole('radio', { name: new RegExp(`^${kind}`) }).check();
      await expectNoViolations(page, `dialog, ${kind}`);
    }
  },
);

test(
  'no page with a terminal has an accessibility violation',
  onPractice,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    test.setTimeout(walkTimeoutMs);
    await openDialog(page);
    await startDebugger(page, { profile: 'general' });
    await terminal.expectPrompt();
    await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
    await expect(page.getByText('Recorded for')).toBeVisible();
    await expectNoViolations(page, 'terminal, recorded');
    await page.getByRole('button', { name: 'How it started, and what it can do' }).click();
    await page.getByRole('dialog').getByText('See processes').waitFor();
    await expectNoViolations(page, 'about the debugger');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings of the terminals' }).click();
    await page.getByRole('dialog').waitFor();
    await expectNoViolations(page, 'settings');
    await page.keyboard.press('Escape');
    await openPod(page, cluster, 'crashing');
    await followLink(page, 'Log of main');
    await page.getByRole('log').getByText('no configuration').waitFor();
    await expectNoViolations(page, 'log');
    await followLink(page, 'Debuggers');
    await page.getByRole('listitem').filter({ hasText: webPod }).waitFor();
    await expectNoViolations(page, 'debuggers');
    await followLink(page, 'Recordings');
    await page.getByRole('listitem').filter({ hasText: webPod }).waitFor();
    await expectNoViolations(page, 'recordings');
    await page.getByRole('tab', { selected: true }).press('Delete');
    await page.getByRole('button', { name: 'End it' }).waitFor();
    await expectNoViolations(page, 'close');
    await page.getByRole('button', { name: 'End it' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const recording = page.getByRole('listitem').filter({ hasText: webPod });
    await recording.getByRole('link', { name: /^Replay/ }).click();
    await page.locator('.ap-term').waitFor();
    await expectNoViolations(page, 'replay');
  },
);

test('no page about the inside of a pod has an accessibility violation', onPractice, async ({ app: page, cluster }) => {
  test.setTimeout(walkTimeoutMs);
  await openPod(page, cluster, 'nginx');
  const list = new ProcessList(page);
  const dialog = await list.open(/nginx: master/);
  await dialog.getByRole('region', { name: 'Limits of resources' }).waitFor();
  await expectNoViolations(page, 'process');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Bundle' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNoViolations(page, 'bundle');
  await page.keyboard.press('Escape');
  await followLink(page, 'Network');
  await page.getByRole('region', { name: 'Listening sockets' }).waitFor();
  await page.getByRole('button', { name: 'Try' }).click();
  await page.getByRole('region', { name: 'What it printed' }).waitFor();
  await page.getByRole('button', { name: 'Open on this machine' }).click();
  const openPorts = page.getByRole('list', { name: 'Open ports' });
  await openPorts.waitFor();
  await expectNoViolations(page, 'network');
  await page.getByRole('button', { name: /^Close 127/ }).click();
  await expect(openPorts).toHaveCount(0);
  for (const [path, shown] of nginxFiles) {
    await visit(page, `/files?${podParameters(cluster, 'nginx', { container: 'nginx', path })}`);
    await expectFile(page, shown);
    await expectNoViolations(page, path);
  }
  await visit(page, `/files?${podParameters(cluster, 'nginx', { container: 'shell', path: '/tmp' })}`);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('dialog').waitFor();
  await expectNoViolations(page, 'upload');
});

async function expectFile(page: Page, shown: string): Promise<void> {
  const content = page.getByRole('region', { name: 'Entries' }).or(page.getByRole('log'));
  await expect(content).toContainText(shown);
}

/** Waits until nothing is wider than the window: not the page, and not what scrolls in its place. */
async function expectNothingRunsOut(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main, [role="dialog"], [role="dialog"] > div')]
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => `${one.tagName} by ${one.scrollWidth - one.clientWidth}`),
    );
  await expect.poll(overflow).toEqual([]);
}

test('at 320 pixels no page about the inside of a pod runs out of it', onPractice, async ({ app: page, cluster }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await visit(page, `/network?${podParameters(cluster, 'nginx')}`);
  await page.getByRole('region', { name: 'Listening sockets' }).waitFor();
  await page.getByText('No Service of this namespace selects this pod').waitFor();
  await page.getByRole('region', { name: '/etc/hosts' }).waitFor();
  await expectNothingRunsOut(page);
  for (const [path, shown] of nginxFiles) {
    await visit(page, `/files?${podParameters(cluster, 'nginx', { container: 'nginx', path })}`);
    await expectFile(page, shown);
    await expectNothingRunsOut(page);
  }
});

test(
  'at 320 pixels nothing runs out of the page, and the keyboard can leave a terminal',
  onPractice,
  async ({ app: page, cluster, webPod, terminal }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openPods(page, cluster);
    await page.getByRole('row').filter({ hasText: webPod }).waitFor();
    await expectNothingRunsOut(page);
    await openPod(page, cluster, webPod);
    await page.getByText(/^Read \d+s ago/).waitFor();
    await page.getByText('No container of this pod has a shell that could be asked.').waitFor();
    await page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
    await expectNothingRunsOut(page);
    const dialog = await openDialog(page);
    await dialog.getByRole('button', { name: 'Start debugger' }).waitFor();
    await dialog.getByRole('list', { name: 'What it will be able to do' }).waitFor();
    await expectNothingRunsOut(page);
    await startDebugger(page);
    await terminal.expectPrompt();
    await expect(page.getByRole('textbox', { name: /Terminal of/ })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('tab', { selected: true })).toBeFocused();
  },
);
