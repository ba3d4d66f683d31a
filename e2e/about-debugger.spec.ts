import { expect, kubectl, openDebugDialog, startDebugger, test } from './fixtures.ts';

test('a debugger tells how it started, step by step, what the runtime was asked for, and what it can do', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openDebugDialog(page, webPod);
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
  const id = kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.status.containerStatuses[0].containerID}');
  await expect(way).toContainText('pid: TARGET');
  await expect(way).toContainText(`target_id: ${id.replace(/^.*:\/\//, '')}`);

  const abilities = dialog.getByRole('region', { name: 'What it can do' }).getByRole('listitem');
  for (const name of ['See processes', 'Signal them', 'Read their files', 'Trace them'])
    await expect(abilities.filter({ hasText: name })).toHaveAttribute('data-is', 'yes');
  await page.keyboard.press('Escape');
});

test('without a target it can do nothing to processes, and says so', async ({ pods: page, webPod, terminal }) => {
  await openDebugDialog(page, webPod);
  await startDebugger(page, { target: '', profile: 'baseline' });
  await terminal.expectPrompt();
  await page.getByRole('button', { name: 'How it started, and what it can do' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'The way of the request' })).toContainText('pid: CONTAINER');
  await expect(dialog.getByText('It sees no process but its own.').first()).toBeVisible();
  await page.keyboard.press('Escape');
});
