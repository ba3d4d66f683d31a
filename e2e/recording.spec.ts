import { expect, test } from './fixtures.ts';
import { followLink, openDialog, openPod, startDebugger } from './pages.ts';
import { startServer } from './product.ts';
import { mountSmallDisk } from './small-disk.ts';
import { onPractice } from './where.ts';

test(
  'a terminal is recorded for all to see, found again, replayed, downloaded and deleted',
  onPractice,
  async ({ podPage: page, cluster, webPod, terminal, context }) => {
    await openDialog(page);
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    const other = await context.newPage();

    await test.step('a page that looks on says so too', async () => {
      await other.goto(page.url());
      await expect(other.getByRole('tab', { selected: true })).toContainText('live');
      await expect(other.getByText('Recorded for')).toHaveCount(0);
      await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
      await expect(page.getByText('Recorded for')).toBeVisible();
      await expect(other.getByText('Recorded for')).toBeVisible();
      await other.close();
    });

    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await terminal.run('echo shown-$((6*7))');
    await page.keyboard.type('stty -echo; echo hidden-$((6*7)); cat >/dev/null; stty echo\n');
    await terminal.expectText(/^hidden-42$/m);
    await page.keyboard.type('typed-but-not-shown\n');
    await page.keyboard.press('Control+d');
    await terminal.expectPrompt();
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await expect(page.getByText('Recorded for')).toHaveCount(0);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await terminal.run('echo after-$((6*7))');

    await followLink(page, 'Recordings');
    await page.getByRole('searchbox', { name: 'Filter recordings' }).fill(webPod);
    const item = page.getByRole('listitem').filter({ hasText: webPod });
    await expect(item).toHaveCount(1);

    await test.step('the file is an asciicast of what was shown between, and of nothing that was only typed', async () => {
      const address = await item.getByRole('link', { name: /^Download/ }).getAttribute('href');
      const response = await page.request.get(new URL(address ?? '', page.url()).href);
      const [header, ...events] = (await response.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(header).toMatchObject({ version: 3, ephemera: { namespace: cluster.namespace, pod: webPod } });
      // Sizes as well: the other page’s leaving gave this one a line more.
      expect([...new Set(events.map(([, code]) => code))].sort().join('')).toMatch(/^or?$/);
      const shown = events.map(([, , data]) => data).join('');
      expect(shown).toContain('shown-42');
      expect(shown).toContain('hidden-42');
      expect(shown).not.toContain('typed-but-not-shown');
      expect(shown).not.toContain('after-42');
    });

    await test.step('it is replayed', async () => {
      await item.getByRole('link', { name: /^Replay/ }).click();
      await expect(page.locator('.ap-term')).toBeVisible();
      await page.getByLabel('Speed').selectOption('8×');
      await expect(page.locator('.ap-term')).toContainText('shown-42', { timeout: 15_000 });
      await page.goBack();
    });

    await item.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await expect(page.getByText(/Nothing is recorded|No recording matches/)).toBeVisible();
  },
);

test(
  'a disk that is full stops the recording, with words for all who look, and not the terminal',
  onPractice,
  async ({ page, cluster, webPod, terminal }) => {
    test.skip(process.getuid?.() !== 0, 'only root can mount a small disk');
    // Room for the server's own files, and for some seconds of a flood.
    await using disk = await mountSmallDisk(512);
    const server = await startServer({}, ['--data', disk.folder]);
    try {
      await page.goto(server.url);
      await openPod(page, cluster, webPod);
      await openDialog(page);
      await startDebugger(page);
      await terminal.expectPrompt();
      await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
      await expect(page.getByText('Recorded for')).toBeVisible();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      // In long lines: half a million short ones would be the terminal’s work, not the disk’s.
      await terminal.run(`yes ${'y'.repeat(79)} | head -c 1000000`);
      const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
      await expect(alert).toContainText(
        'The recording was stopped: the disk is full. What was recorded until then is kept.',
      );
      await expect(page.getByText('Recorded for')).toHaveCount(0);
      expect(await terminal.run('echo still-$((6*7))')).toBe('still-42');
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      await expect(alert).toHaveCount(0);
    } finally {
      await server.stop();
    }
  },
);
