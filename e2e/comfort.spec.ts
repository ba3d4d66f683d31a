import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import type { TerminalDriver } from './terminal-driver.ts';
import { onPractice } from './where.ts';

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((clip) => navigator.clipboard.writeText(clip), text);
  await page.getByRole('button', { name: 'Paste (Ctrl+Shift+V)' }).click();
}

/** Starts a debugger from a pod's page and waits for its prompt. */
async function openTerminal(page: Page, terminal: TerminalDriver): Promise<void> {
  await openDialog(page);
  await startDebugger(page);
  await terminal.expectPrompt();
}

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test(
  'a paste of several lines needs a confirmation before the shell runs them',
  onPractice,
  async ({ podPage: page, terminal }) => {
    await openTerminal(page, terminal);
    const script = 'echo one-$((1+1))\necho two-$((2+2))\n';

    await paste(page, 'echo single-$((3+3))\n');
    await terminal.expectText(/^single-6$/m);

    await paste(page, script);
    const dialog = page.getByRole('dialog', { name: 'Paste 2 lines?' });
    await expect(dialog).toContainText('echo one-$((1+1))');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    expect(await terminal.run('echo nothing ran')).toBe('nothing ran');

    await paste(page, script);
    // The focus is on the likely answer.
    await expect(dialog.getByRole('button', { name: 'Paste', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await terminal.expectText(/^one-2$/m);
    await terminal.expectText(/^two-4$/m);

    await test.step('a paste of 5 MB arrives whole', async () => {
      const line = `${'0123456789abcdef'.repeat(8)}\n`;
      const text = line.repeat(Math.ceil((5 * 1024 * 1024) / line.length));
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await page.keyboard.type('stty -echo; echo re""ady; cat > /tmp/pasted; stty echo\n');
      // The shell has given the terminal to its commands: it does not edit or echo what comes now.
      await terminal.expectText(/^ready$/m);
      await paste(page, text);
      await page.getByRole('dialog').getByRole('button', { name: 'Paste', exact: true }).click();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await page.keyboard.press('Control+d');
      await expect.poll(() => terminal.text(), { timeout: 60_000 }).toMatch(/[#$] ?$/);
      const md5 = createHash('md5').update(text).digest('hex');
      expect(await terminal.run('wc -c < /tmp/pasted; md5sum < /tmp/pasted')).toBe(`${text.length}\n${md5}  -`);
    });
  },
);

test(
  'a terminal takes the chosen colours, follows the page’s theme, and copies the selection',
  onPractice,
  async ({ podPage: page, terminal }) => {
    await openTerminal(page, terminal);
    const background = () =>
      page.locator('[data-front-terminal="true"]').evaluate((element) => getComputedStyle(element).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: 'Settings of the terminals' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Colours').selectOption('As the page');
    await expect.poll(background).not.toBe(dark);
    const light = await background();
    await dialog.getByLabel('Copy what is selected').check();
    await page.keyboard.press('Escape');
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: /^Theme/ }).click();
    await expect.poll(background).not.toBe(light);

    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await terminal.run('echo remember-this');
    await page.getByText('remember-this').filter({ visible: true }).last().dblclick({ force: true });
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('remember');

    await test.step('the choice outlives the page', async () => {
      await page.reload();
      await terminal.expectText(/remember-this/);
      await page.getByRole('button', { name: 'Settings of the terminals' }).click();
      await expect(page.getByRole('dialog').getByLabel('Colours')).toHaveValue('page');
      await page.keyboard.press('Escape');
    });
  },
);

test(
  'WebGL draws a terminal if chosen, and the page draws it after WebGL loses its context',
  onPractice,
  async ({ podPage: page, terminal }) => {
    await openTerminal(page, terminal);
    const canvases = page.locator('.xterm-screen canvas').filter({ visible: true });
    await expect(canvases).toHaveCount(0);
    await page.getByRole('button', { name: 'Settings of the terminals' }).click();
    await page.getByRole('dialog').getByLabel('Drawn by').selectOption('Always WebGL');
    await page.keyboard.press('Escape');
    await expect(canvases.first()).toBeVisible();
    await expect(terminal.screen).toHaveCount(0);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await page.keyboard.type('echo drawn-$((6*7))\n');
    await canvases.evaluateAll((elements) => {
      for (const canvas of elements as HTMLCanvasElement[]) {
        canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
      }
    });
    await terminal.expectText(/^drawn-42$/m);
    await expect(canvases).toHaveCount(0);
  },
);
