import type { BrowserContext, Page } from '@playwright/test';
import { debuggerStates } from './clusters/pods.ts';
import { escapeSequences } from './escape-sequences.ts';
import { test as base, expect } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import { randomNumbers } from './random-numbers.ts';
import { onPractice } from './where.ts';

const test = base.extend<{ popups: string[] }>({
  /** The addresses of the pages that were opened, and the messages of the dialogs that scripts opened. */
  popups: async ({ context, page }, use) => {
    const popups: string[] = [];
    const note = (popup: Page) => popups.push(popup.url());
    context.on('page', note);
    page.on('dialog', (dialog) => popups.push(dialog.message()));
    await use(popups);
    context.off('page', note);
  },
});

/** Puts `secret` into the clipboard, and counts from then on how often the page uses the clipboard. */
async function watchClipboard(page: Page, context: BrowserContext): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    await navigator.clipboard.writeText('secret');
    const { clipboard } = navigator;
    const counted = Object.assign(window, { clipboardUses: 0 });
    for (const use of ['read', 'readText', 'write', 'writeText'] as const) {
      const real = clipboard[use].bind(clipboard) as (...words: unknown[]) => Promise<never>;
      clipboard[use] = (...words: unknown[]) => {
        counted.clipboardUses += 1;
        return real(...words);
      };
    }
  });
}

/** Since `watchClipboard`, the clipboard has not been used. */
async function expectClipboardUntouched(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(window, 'clipboardUses'))).toBe(0);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('secret');
}

test(
  'what a container prints can’t read the clipboard, set it, change the title, or open a page unasked',
  onPractice,
  async ({ podPage: page, popups, terminal, context }) => {
    const title = await page.title();
    await openDialog(page);
    await startDebugger(page);
    await terminal.expectPrompt();
    await watchClipboard(page, context);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();

    await test.step('OSC 52 neither reads nor writes the clipboard; OSC 0 does not set the title', async () => {
      const output = await terminal.run(`printf '\\033]52;c;?\\007\\033]52;c;ZXZpbA==\\007\\033]0;evil\\007done\\n'`);
      expect(output).toBe('done');
      // An answer of the terminal would stand before this command.
      expect(await terminal.run('echo nothing else was typed')).toBe('nothing else was typed');
      await expectClipboardUntouched(page);
      expect(await page.title()).toBe(title);
    });

    await test.step('markup is text', async () => {
      await terminal.run(`echo '<img src=x onerror="window.injected=1">'`);
      expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    });

    await test.step('a link asks first and shows where it really leads', async () => {
      await terminal.run(`printf '\\033]8;;https://real.example/x\\033\\\\https://shown.example\\033]8;;\\033\\\\\\n'`);
      await expect(terminal.screen.locator('> div').first()).toContainText('https://shown.example');
      // Within the first line, of 15 px at the least, and the first letters.
      await page
        .locator('.xterm-screen')
        .filter({ visible: true })
        .click({ position: { x: 20, y: 8 } });
      const dialog = page.getByRole('dialog', { name: 'Open this address?' });
      await expect(dialog).toContainText('https://real.example/x');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      expect(popups).toEqual([]);
    });
  },
);

test(
  '100,000 escape sequences of every kind run no script, read no clipboard, and break nothing',
  onPractice,
  async ({ podPage: page, cluster, popups, webPod, terminal, context }) => {
    test.setTimeout(120_000);
    await openDialog(page);
    await startDebugger(page);
    await terminal.expectPrompt();
    const [name = ''] = Object.keys(await debuggerStates(cluster, webPod));
    const hostile = escapeSequences(100_000, randomNumbers(7));
    await cluster.kubectlWith(hostile, 'exec', '-i', webPod, '-c', name, '--', 'sh', '-c', 'cat > /tmp/hostile');
    const title = await page.title();
    await watchClipboard(page, context);

    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    // The terminal answers thousands of questions. Without an echo they stay off the screen, and the last cat takes them.
    await page.keyboard.type(
      'stty -echo; cat /tmp/hostile; printf "\\033c\\033[!p"; echo all-$((6*7))-printed; cat > /dev/null\n',
    );
    // Drawing them took 11 and 17 s on two cores with a load of 20.
    await expect.poll(() => terminal.text(), { timeout: 60_000 }).toMatch(/^all-42-printed$/m);
    await page.keyboard.press('Control+c');
    await terminal.expectPrompt();
    expect(await terminal.run('echo still $((1+1)) here')).toBe('still 2 here');

    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    await expectClipboardUntouched(page);
    expect(await page.title()).toBe(title);
    expect(popups).toEqual([]);
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await test.step('and a page that comes later gets a screen from it, too', async () => {
      await page.reload();
      await terminal.expectText(/still 2 here/);
    });
  },
);
