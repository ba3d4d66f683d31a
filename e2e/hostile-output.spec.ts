import { expect, openPod, startDebugger, test } from './fixtures.ts';

test('what a container prints can’t read the clipboard, set it, change the title, or open a page unasked', async ({
  pods: page,
  webPod,
  terminal,
  context,
}) => {
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
});
