import { containerId } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { openDialog, startDebugger } from './pages.ts';
import { onPractice } from './where.ts';

test(
  'a debugger’s page shows each step of its start, the request to the runtime, and its abilities',
  onPractice,
  async ({ podPage: page, webPod, cluster, terminal }) => {
    await openDialog(page);
    await startDebugger(page, { target: 'web', profile: 'general' });
    await terminal.expectPrompt();
    await page.getByRole('button', { name: 'How it started, and what it can do' }).click();
    const dialog = page.getByRole('dialog');

    const steps = dialog.getByRole('region', { name: 'How it started' }).getByRole('listitem');
    await expect(steps.filter({ hasText: 'Pod’s status says Running' })).toHaveCount(1);
    await expect(steps.first()).toContainText(/^Asked for.*0 ms/);
    for (const step of ['Taken by the API server', 'Container started', 'Attached', 'First output'])
      await expect(steps.filter({ hasText: step })).toContainText(/\d ms|\d s/);

    const way = dialog.getByRole('region', { name: 'The way of the request' });
    await expect(way).toContainText('pid: TARGET');
    await expect(way).toContainText(`target_id: ${await containerId(cluster, webPod, 'web')}`);

    const abilities = dialog.getByRole('region', { name: 'What it can do' }).getByRole('listitem');
    for (const name of ['See processes', 'Signal them', 'Read their files', 'Trace them'])
      await expect(abilities.filter({ hasText: name })).toHaveAttribute('data-is', 'yes');
  },
);

test(
  'a debugger without a target can’t see other processes, and its page says so',
  onPractice,
  async ({ podPage: page, terminal }) => {
    await openDialog(page);
    await startDebugger(page, { target: '', profile: 'baseline' });
    await terminal.expectPrompt();
    await page.getByRole('button', { name: 'How it started, and what it can do' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('region', { name: 'The way of the request' })).toContainText('pid: CONTAINER');
    await expect(dialog.getByText('It sees no process but its own.').first()).toBeVisible();
  },
);
