import { expect, test } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import { onPractice } from './where.ts';

test(
  'a debugger like the one that is wanted is joined instead of adding another; images are remembered',
  onPractice,
  async ({ podPage: page, terminal }) => {
    const dialog = await openDialog(page);
    const join = dialog.getByRole('button', { name: 'Join it' });
    await startDebugger(page, {
      target: 'web',
      command: 'sh -c "mine=1; exec sh"',
      image: 'docker.io/library/busybox:1.36',
    });
    await terminal.expectPrompt();
    await terminal.run('mine=kept');

    const debug = () => page.getByRole('button', { name: 'Debug d' }).click();
    await debug();
    await expect(dialog.getByLabel('Image', { exact: true })).toHaveValue('busybox:1.36');
    await expect(join).toHaveCount(0);
    await dialog.getByRole('button', { name: 'busybox:1.36', exact: true }).click();
    await expect(dialog.getByLabel('Image', { exact: true })).toHaveValue('docker.io/library/busybox:1.36');
    await expect(join).toBeVisible();
    await dialog.getByLabel('Target container').selectOption('');
    await expect(join).toHaveCount(0);
    await dialog.getByLabel('Target container').selectOption('web');
    await join.click();
    await expect(dialog).toHaveCount(0);
    // The same terminal, not one more.
    await expect(page.getByRole('region', { name: 'Terminals' }).getByRole('tab')).toHaveCount(1);
    expect(await terminal.run('echo $mine')).toBe('kept');

    await test.step('where its terminal was closed, another is attached to it', async () => {
      await page.getByRole('tab', { selected: true }).press('Delete');
      await page.getByRole('button', { name: 'Leave it running' }).click();
      await expect(page.getByRole('region', { name: 'Terminals' })).toBeHidden();
      await debug();
      await dialog.getByRole('button', { name: 'busybox:1.36', exact: true }).click();
      await join.click();
      await terminal.expectPrompt();
      expect(await terminal.run('echo $mine')).toBe('kept');
    });
  },
);
