import { expect, kubectl, openPod, podName, startDebugger, test } from './fixtures.ts';

test('what a pod belongs to, with how that is', async ({ pods: page }) => {
  const pod = podName('app=store');
  await openPod(page, pod);
  const section = page.getByRole('region', { name: 'Belongs to' });
  const replicaSet = kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'jsonpath={.metadata.ownerReferences[0].name}');
  await expect(section.getByRole('listitem').filter({ hasText: 'Deployment store' })).toContainText('2 of 2 ready');
  await expect(section.getByRole('listitem').filter({ hasText: `ReplicaSet ${replicaSet}` })).toContainText(
    '2 of 2 ready',
  );
  const node = kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'jsonpath={.spec.nodeName}');
  await expect(section).toContainText(node);
  await expect(section).toContainText('ready');
  await expect(section.getByRole('listitem').filter({ hasText: 'leads here' })).toContainText('store');
  await openPod(page, 'nginx');
  await expect(section).toContainText('nobody: once it is deleted, nothing makes it anew');
  await expect(section).toContainText('none selects it');
});

test('events, ends, restarts, conditions and debuggers are one timeline', async ({ pods: page, webPod, terminal }) => {
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const entry = (what: string) => timeline.getByRole('listitem').filter({ hasText: what });
  await openPod(page, 'crashing');
  await expect(entry('Ended').filter({ hasText: 'Error, exit code 1' }).first()).toBeVisible();
  await expect(entry('Not ready').first()).toBeVisible();
  await timeline.getByLabel('Only troubles').click();
  await expect(entry('Created')).toHaveCount(0);
  await expect(entry('Ended').first()).toBeVisible();

  await openPod(page, webPod);
  await expect(entry('Ready').first()).toBeVisible();
  await page.keyboard.press('d');
  await startDebugger(page, { target: 'web' });
  await terminal.expectPrompt();
  await expect(entry('Debugger started')).toContainText('with the processes of web');
});
