import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import { TerminalDriver } from './terminal-driver.ts';
import { onPractice } from './where.ts';

/** What a button of the page copies. */
async function copiedBy(page: Page, button: string): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  await expect.poll(read).not.toBe('nothing yet');
  return read();
}

test(
  'two pages on one terminal: one drives, the other watches in its size, asks for the keyboard and gets it',
  onPractice,
  async ({ podPage: page, terminal, context }) => {
    await openDialog(page);
    await startDebugger(page);
    await terminal.expectPrompt();
    await expect(page.getByText('pages look at this terminal')).toHaveCount(0);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const link = await copiedBy(page, 'Copy a link to this terminal');
    // Another one comes in front: the link still leads to the first.
    const tab = await page.getByRole('tab', { selected: true }).textContent();
    await page.getByRole('button', { name: /^Shell in debugger-/ }).click();
    await terminal.expectPrompt();

    const typeAsDriver = async () => {
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await terminal.run('true');
    };
    const other = await context.newPage();
    const watcher = new TerminalDriver(other);
    try {
      await other.setViewportSize({ width: 700, height: 600 });
      await other.goto(link);
      await expect(other.getByRole('tab', { selected: true })).toHaveText(tab ?? '');
      await page.getByRole('tab').first().click();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await watcher.expectText(/^\/ #/m);
      await expect(other.getByText('Page 1 has the keyboard').filter({ visible: true })).toBeVisible();
      await expect(page.getByText('You have the keyboard').filter({ visible: true })).toBeVisible();

      await test.step('what the driver types is seen by both, and the terminal has the driver’s size', async () => {
        const size = await terminal.run('stty size');
        expect(Number(size.split(' ')[1])).toBeGreaterThan(100);
        await watcher.expectText(new RegExp(`^${size}$`, 'm'));
      });

      await test.step('what the watcher types meanwhile is refused with words', async () => {
        await other.getByRole('textbox', { name: /Terminal of/ }).focus();
        await other.keyboard.type('x');
        await expect(other.getByRole('alert').filter({ hasText: 'Not sent' })).toContainText('Page 1 has the keyboard');
      });

      await test.step('the keyboard is asked for and kept, then handed over', async () => {
        // While the driver types: at rest it would lose the keyboard without being asked.
        await typeAsDriver();
        await other.getByRole('button', { name: 'Ask for the keyboard' }).click();
        await page.getByRole('button', { name: 'Keep it' }).click();
        await expect(other.getByRole('button', { name: 'Ask for the keyboard' })).toBeEnabled();
        await typeAsDriver();
        await other.getByRole('button', { name: 'Ask for the keyboard' }).click();
        await expect(page.getByText('Page 2 asks for it.').filter({ visible: true })).toBeVisible();
        await page.getByRole('button', { name: 'Hand it over' }).click();
        await expect(other.getByText('You have the keyboard').filter({ visible: true })).toBeVisible();
      });

      await test.step('now the other drives, in its own size', async () => {
        await other.getByRole('textbox', { name: /Terminal of/ }).focus();
        const size = await watcher.run('stty size');
        expect(Number(size.split(' ')[1])).toBeLessThan(100);
        await terminal.expectText(new RegExp(`^${size}$`, 'm'));
      });
    } finally {
      await other.close();
    }
    await test.step('when it leaves, the first has the keyboard again', async () => {
      // A page that is closed tells nobody; the server hears of it a moment later.
      await expect(page.getByText('pages look at this terminal').filter({ visible: true })).toHaveCount(0);
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      expect(await terminal.run('echo mine again')).toBe('mine again');
    });
    await test.step('a read-only link shows it, and never takes the keyboard, also after a reload', async () => {
      const watchLink = await copiedBy(page, 'Copy a link that only watches this terminal');
      const screen = await context.newPage();
      const onlyWatches = screen.getByText('this page only watches').filter({ visible: true });
      await screen.goto(watchLink);
      await expect(onlyWatches).toBeVisible();
      await screen.reload();
      await expect(onlyWatches).toBeVisible();
      await new TerminalDriver(screen).expectText(/^mine again$/m);
      await screen.getByRole('textbox', { name: /Terminal of/ }).focus();
      await screen.keyboard.type('x');
      await expect(screen.getByRole('alert').filter({ hasText: 'only watches' })).toBeVisible();
      await expect(screen.getByRole('button', { name: /^Close debugger|^Record/ })).toHaveCount(0);
      await screen.close();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      expect(await terminal.run('echo still mine')).toBe('still mine');
    });
  },
);
