import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { countingEvery, lastNumber } from './numbered-output.ts';
import { followLink, openDialog, openPod, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

/** The files of the recordings that the page lists, oldest first. */
async function filesOf(page: Page): Promise<string[]> {
  const downloads = page.getByRole('link', { name: /^Download / });
  const addresses = await downloads.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const responses = await Promise.all(addresses.map((address) => page.request.get(address)));
  return (await Promise.all(responses.map((response) => response.text()))).reverse();
}

test(
  'a server that is killed in the middle of output and started again goes on with its terminals',
  onBoth,
  async ({ page, cluster, webPod, terminal, restartable: server }) => {
    await page.goto(server.url);
    await openPod(page, cluster, webPod);
    await openDialog(page);
    await startDebugger(page);
    await terminal.expectPrompt();
    await page.getByRole('button', { name: /^Shell in debugger-/ }).click();
    await terminal.expectPrompt();
    await page.getByRole('tab').first().click();
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    // 50 a second: each second more is two pages more to read in the end.
    await page.keyboard.type(countingEvery(0.02));
    await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
    await terminal.expectText(/^number 1[5-9]\d$/m);

    const seen = lastNumber(await terminal.text());
    await server.kill();
    await expect(page.getByText('Ephemera’s server does not answer')).toBeVisible();
    await server.start();
    // No new address is needed: the token is the old one, and the page comes back by itself.
    await expect(page.getByText('Ephemera’s server does not answer')).toHaveCount(0);
    await expect(page.getByRole('tab', { selected: true })).toContainText('live');
    await expect.poll(async () => lastNumber(await terminal.text())).toBeGreaterThan(seen);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await page.keyboard.press('Control+c');
    await terminal.expectPrompt();

    await test.step('the recording has all but the last second, and another one went on', async () => {
      await followLink(page, 'Recordings');
      await expect(page.getByRole('link', { name: /^Download / })).toHaveCount(2);
      const [first = ''] = await filesOf(page);
      expect(lastNumber(first)).toBeGreaterThan(seen - 50);
      await expect.poll(async () => lastNumber((await filesOf(page))[1] ?? '')).toBeGreaterThan(lastNumber(first));
      await page.goBack();
      await terminal.expectPrompt();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    });

    const lines = await terminal.history();
    const numbers = lines.flatMap((line) => /^number (\d+)$/.exec(line)?.[1] ?? []).map(Number);
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(lines[0]).toMatch(/server started again; this is from the container’s log/);

    await test.step('a shell by exec is said to be lost', async () => {
      await page.getByRole('tab').nth(1).click();
      await expect(page.getByText(/connection to this shell in .* ended with the last run/)).toBeVisible();
    });
  },
);
