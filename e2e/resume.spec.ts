import { expect, openPod, startDebugger, test } from './fixtures.ts';

test('a page that comes back after more output than is kept shows the screen, says what it skipped, and goes on', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openPod(page, webPod);
  await page.keyboard.press('d');
  await startDebugger(page, {});
  await terminal.expectPrompt();
  await page.keyboard.type('seq 700000');
  await page.keyboard.press('Enter');
  await terminal.expectText(/^699999\n700000\n\/ # ?$/m);
  await page.reload();
  await terminal.expectText(/^699999\n700000\n\/ # ?$/m);
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
  await terminal.scrollToTop();
  await terminal.expectText(/^— [\d.]+ MB of output are no longer kept —$/m);
  expect(await terminal.run('echo still here')).toBe('still here');
});
