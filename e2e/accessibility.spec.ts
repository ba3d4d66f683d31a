import type { Page } from '@playwright/test';
import { expect, followLink, onOneCluster, openPod, startDebugger, test } from './fixtures.ts';
import { ProcessList } from './process-list.ts';
import { expectNoViolations } from './violations.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `no page has an accessibility violation, ${colorScheme}`,
    onOneCluster,
    async ({ pods: page, webPod, terminal }) => {
      // More than a dozen states of pages, each looked at whole: a minute would be close on a busy machine.
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme });
      await expectNoViolations(page, 'pods');
      await openPod(page, webPod);
      await page.getByText(/^Read \d+s ago/).waitFor();
      await expectNoViolations(page, 'pod');
      await page.keyboard.press('d');
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
      await openPod(page, 'crashing');
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
      await page
        .getByRole('link', { name: /^Replay/ })
        .first()
        .click();
      await page.locator('.ap-term').waitFor();
      await expectNoViolations(page, 'replay');
    },
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `what is inside of a pod has no accessibility violation, ${colorScheme}`,
    onOneCluster,
    async ({ pods: page }) => {
      await page.emulateMedia({ colorScheme });
      await openPod(page, 'nginx');
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
      await page.getByRole('list', { name: 'Open ports' }).waitFor();
      await expectNoViolations(page, 'network');
      await page.getByRole('button', { name: /^Close 127/ }).click();
      for (const path of ['/etc/nginx', '/etc/nginx/nginx.conf', '/usr/sbin/nginx']) {
        await goTo(page, '/files', { name: 'nginx', container: 'nginx', path });
        await page.getByRole('region', { name: 'Entries' }).or(page.getByRole('log')).waitFor();
        await expectNoViolations(page, path);
      }
      await goTo(page, '/files', { name: 'nginx', container: 'shell', path: '/tmp' });
      await page.getByRole('button', { name: 'Upload' }).click();
      await page.getByRole('dialog').waitFor();
      await expectNoViolations(page, 'upload');
      await page.keyboard.press('Escape');
    },
  );
}

async function goTo(page: Page, path: string, query: Record<string, string>): Promise<void> {
  const parameters = new URLSearchParams({ context: 'admin', namespace: 'shop', ...query });
  await page.goto(`${new URL(page.url()).origin}${path}?${parameters}`);
}

test('at 320 pixels no page of what is inside of a pod runs out of it', onOneCluster, async ({ pods: page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await goTo(page, '/network', { name: 'nginx' });
  await page.getByRole('region', { name: 'Listening sockets' }).waitFor();
  expect(await overflow()).toBeLessThanOrEqual(0);
  for (const path of ['/etc/nginx', '/etc/nginx/nginx.conf', '/usr/sbin/nginx']) {
    await goTo(page, '/files', { name: 'nginx', container: 'nginx', path });
    await page.getByRole('region', { name: 'Entries' }).or(page.getByRole('log')).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
  }
});

test(
  'at 320 pixels nothing runs out of the page, and a terminal can be left by keyboard',
  onOneCluster,
  async ({ pods: page, webPod, terminal }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await openPod(page, webPod);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.keyboard.press('d');
    await page.getByRole('button', { name: 'Start debugger' }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await expect(page.getByRole('textbox', { name: /Terminal of/ })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('tab', { selected: true })).toBeFocused();
  },
);
