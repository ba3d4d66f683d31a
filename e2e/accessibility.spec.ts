import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openPod, startDebugger, test } from './fixtures.ts';

async function expectNoViolations(page: Page, what: string): Promise<void> {
  // The screen of a terminal is drawn by a library for which screen reader mode is the accessible form.
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .exclude('.xterm')
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
    await expectNoViolations(page, 'terminal');
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
