import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openPod, startDebugger, test } from './fixtures.ts';

async function expectNoViolations(page: Page, what: string): Promise<void> {
  // Screens of terminals and recordings are drawn by libraries; for the first, screen reader mode is the accessible form.
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .exclude('.xterm')
    .exclude('.ap-player')
    .analyze();
  const found = violations.map(
    (violation) => `${what}: ${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(found).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has an accessibility violation, ${colorScheme}`, async ({ pods: page, webPod, terminal }) => {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page, 'pods');
    await openPod(page, webPod);
    await page.getByText(/^Read \d+s ago/).waitFor();
    await expectNoViolations(page, 'pod');
    await page.keyboard.press('d');
    await page.getByRole('button', { name: 'Start debugger' }).waitFor();
    await expectNoViolations(page, 'dialog');
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
    await expect(page.getByText('Recorded for')).toBeVisible();
    await expectNoViolations(page, 'terminal, recorded');
    await page.getByRole('button', { name: 'Settings of the terminals' }).click();
    await page.getByRole('dialog').waitFor();
    await expectNoViolations(page, 'settings');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Debuggers' }).click();
    await page.getByRole('listitem').filter({ hasText: webPod }).waitFor();
    await expectNoViolations(page, 'debuggers');
    await page.getByRole('link', { name: 'Recordings' }).click();
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
  });
}

test('at 320 pixels nothing runs out of the page, and a terminal can be left by keyboard', async ({
  pods: page,
  webPod,
  terminal,
}) => {
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
});
