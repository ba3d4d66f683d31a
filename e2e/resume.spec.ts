import { expect, test } from './fixtures.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import { startServer } from './product.ts';
import { onPractice } from './where.ts';

test(
  'a page that comes back after more output than is kept shows the screen, says what it skipped, and goes on',
  onPractice,
  async ({ page, cluster, webPod, terminal }) => {
    // The least that can be kept: less has to be printed to pass it.
    const server = await startServer({}, ['--kept-output', '0.5']);
    try {
      await page.goto(server.url);
      await openPod(page, cluster, webPod);
      await openDialog(page);
      await startDebugger(page);
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
