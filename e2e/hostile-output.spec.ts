import { execFileSync } from 'node:child_process';
import { escapeSequences } from './escape-sequences.ts';
import { expect, kubectl, onOneCluster, openPod, startDebugger, test } from './fixtures.ts';
import { randomNumbers } from './random-numbers.ts';

test(
  'what a container prints can’t read the clipboard, set it, change the title, or open a page unasked',
  onOneCluster,
  async ({ pods: page, webPod, terminal, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openPod(page, webPod);
    const title = await page.title();
    await page.keyboard.press('d');
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await page.evaluate(() => navigator.clipboard.writeText('secret'));
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();

    await test.step('OSC 52 neither reads nor writes the clipboard; OSC 0 does not set the title', async () => {
      const output = await terminal.run(
        `printf '\\033]52;c;?\\007\\033]52;c;ZXZpbA==\\007\\033]0;evil\\007done\\n'; sleep 0.3`,
      );
      expect(output).not.toContain('secret');
      expect(output).not.toMatch(/c2VjcmV0/);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('secret');
      expect(await page.title()).toBe(title);
    });

    await test.step('markup is text', async () => {
      await terminal.run(`echo '<img src=x onerror="window.injected=1">'`);
      expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    });

    await test.step('a link asks first and shows where it really leads', async () => {
      await terminal.run(`printf '\\033]8;;https://real.example/x\\033\\\\https://shown.example\\033]8;;\\033\\\\\\n'`);
      const popups: string[] = [];
      context.on('page', (popup) => popups.push(popup.url()));
      const row = terminal.screen.locator('> div').filter({ hasText: 'shown.example' }).last();
      const box = await row.boundingBox();
      if (box === null) throw new Error('the link is not on the screen');
      await page.mouse.move(box.x + 20, box.y + box.height / 2, { steps: 3 });
      await page.mouse.click(box.x + 20, box.y + box.height / 2);
      const dialog = page.getByRole('dialog', { name: 'Open this address?' });
      await expect(dialog).toContainText('https://real.example/x');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      expect(popups).toEqual([]);
    });
  },
);

test(
  '100,000 escape sequences of every kind run no script, read no clipboard, and break nothing',
  onOneCluster,
  async ({ pods: page, webPod, terminal, context }) => {
    test.setTimeout(120_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openPod(page, webPod);
    await page.keyboard.press('d');
    await startDebugger(page, {});
    await terminal.expectPrompt();
    const name = kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.spec.ephemeralContainers[0].name}');
    execFileSync(
      'kubectl',
      ['--context', 'admin', '-n', 'shop', 'exec', '-i', webPod, '-c', name, '--', 'sh', '-c', 'cat > /tmp/hostile'],
      { input: escapeSequences(100_000, randomNumbers(7)) },
    );
    const popups: string[] = [];
    context.on('page', (popup) => popups.push(popup.url()));
    page.on('dialog', (dialog) => popups.push(dialog.message()));
    const title = await page.title();
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

    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    // The terminal answers thousands of questions: nobody echoes that, and the last cat takes it.
    await page.keyboard.type(
      'stty -echo; cat /tmp/hostile; printf "\\033c\\033[!p"; sleep 1; echo all-$((6*7))-printed; cat > /dev/null\n',
    );
    await terminal.expectText(/^all-42-printed$/m);
    await page.keyboard.press('Control+c');
    await terminal.expectPrompt();
    expect(await terminal.run('echo still $((1+1)) here')).toBe('still 2 here');

    expect(
      await page.evaluate(() => ('injected' in window ? 'a script ran' : Reflect.get(window, 'clipboardUses'))),
    ).toBe(0);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('secret');
    expect(await page.title()).toBe(title);
    expect(popups).toEqual([]);
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await test.step('and a page that comes later gets a screen from it, too', async () => {
      await page.reload();
      await terminal.expectText(/still 2 here/);
    });
  },
);
