import { expect, onOneCluster, openPod, startDebugger, test } from './fixtures.ts';
import { startServer } from './product.ts';

test(
  'a page that comes back after more output than is kept shows the screen, says what it skipped, and goes on',
  onOneCluster,
  async ({ page, webPod, terminal }) => {
    // The least that can be kept: less has to be printed to pass it.
    const server = await startServer({}, ['--kept-output', '0.5']);
    try {
      await page.goto(server.url);
      await openPod(page, webPod);
      await page.getByRole('button', { name: 'Debug d' }).click();
      await startDebugger(page, {});
      await terminal.expectPrompt();
      await page.keyboard.type('seq 100000');
      await page.keyboard.press('Enter');
      await terminal.expectText(/^99999\n100000\n\/ # ?$/m);
      await page.reload();
      await terminal.expectText(/^99999\n100000\n\/ # ?$/m);
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await terminal.scrollToTop();
      await terminal.expectText(/^— [\d.]+ kB of output are no longer kept —$/m);
      expect(await terminal.run('echo still here')).toBe('still here');
    } finally {
      await server.stop();
    }
  },
);
