import { expect, test } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

test('what is typed while a debugger starts reaches it whole', onBoth, async ({ podPage: page, terminal }) => {
  await openDialog(page);
  await startDebugger(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // No prompt is waited for.
  await page.keyboard.type('echo typed $((6*7)) ahead\n');
  await terminal.expectText(/^typed 42 ahead$/m);
});

test('a program that prints nothing is live, and takes input', onBoth, async ({ podPage: page, terminal }) => {
  await openDialog(page);
  await startDebugger(page, { command: 'cat' });
  await expect(page.getByRole('tab', { selected: true })).toContainText('live');
  await page.keyboard.type('hello\n');
  await terminal.expectText(/^hello\nhello$/m);
});
