import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, followLink, onOneCluster, openPod, startDebugger, test } from './fixtures.ts';
import { startServer } from './product.ts';

test(
  'a terminal is recorded for all to see, found again, replayed, downloaded and deleted',
  onOneCluster,
  async ({ pods: page, webPod, terminal, context }) => {
    await openPod(page, webPod);
    await page.keyboard.press('d');
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    await terminal.run('secret=typed-but-not-shown');
    const other = await context.newPage();

    await test.step('who looks on is told', async () => {
      await other.goto(page.url());
      await expect(other.getByText('Recorded for')).toHaveCount(0);
      await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
      await expect(page.getByText('Recorded for')).toBeVisible();
      await expect(other.getByText('Recorded for')).toBeVisible();
      await other.close();
    });

    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await terminal.run('echo shown-$((6*7))');
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
      expect(header).toMatchObject({ version: 3, ephemera: { namespace: 'shop', pod: webPod } });
      // Sizes as well: the other page’s leaving gave this one a line more.
      expect([...new Set(events.map(([, code]) => code))].sort().join('')).toMatch(/^or?$/);
      const shown = events.map(([, , data]) => data).join('');
      expect(shown).toContain('shown-42');
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
  onOneCluster,
  async ({ page, webPod, terminal }) => {
    test.skip(process.getuid?.() !== 0, 'only root can mount a small disk');
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
    // Room for the server's own files, and for some seconds of a flood.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'ephemera-e2e', folder]);
    const server = await startServer({}, ['--data', folder]);
    try {
      await page.goto(server.url);
      await openPod(page, webPod);
      await page.keyboard.press('d');
      await startDebugger(page, {});
      await terminal.expectPrompt();
      await page.getByRole('button', { name: 'Record what this terminal shows' }).click();
      await expect(page.getByText('Recorded for')).toBeVisible();
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      await terminal.run('yes | head -c 1000000');
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
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    }
  },
);
