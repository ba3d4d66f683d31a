import { readyPods } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import { onPractice } from './where.ts';

test('what a pod belongs to, with how that is', onPractice, async ({ app: page, cluster }) => {
  const [pod = ''] = await readyPods(cluster, 'app=store', 2);
  const { metadata, spec } = await cluster.get('Pod', pod);
  await openPod(page, cluster, pod);
  const section = page.getByRole('region', { name: 'Belongs to' });
  const replicaSet = metadata?.ownerReferences?.[0]?.name;
  expect(replicaSet).toMatch(/^store-/);
  await expect(section.getByRole('listitem').filter({ hasText: 'Deployment store' })).toContainText('2 of 2 ready');
  await expect(section.getByRole('listitem').filter({ hasText: `ReplicaSet ${replicaSet}` })).toContainText(
    '2 of 2 ready',
  );
  await expect(section).toContainText(spec?.nodeName ?? 'a node');
  await expect(section).toContainText('ready');
  await expect(section.getByRole('listitem').filter({ hasText: 'leads here' })).toContainText('store');
  await openPod(page, cluster, 'nginx');
  await expect(section).toContainText('nobody: once it is deleted, nothing makes it anew');
  await expect(section).toContainText('none selects it');
});

test(
  'events, ends, restarts, conditions and debuggers are one timeline',
  onPractice,
  async ({ app: page, cluster, webPod, terminal }) => {
    const timeline = page.getByRole('region', { name: 'Timeline' });
    const entry = (what: string) => timeline.getByRole('listitem').filter({ hasText: what });
    await openPod(page, cluster, 'crashing');
    await expect(entry('Ended').filter({ hasText: 'Error, exit code 1' }).first()).toBeVisible();
    await expect(entry('Not ready').first()).toBeVisible();
    await expect(entry('Created').first()).toBeVisible();
    await timeline.getByLabel('Only troubles').click();
    await expect(entry('Created')).toHaveCount(0);
    await expect(entry('Ended').first()).toBeVisible();

    await openPod(page, cluster, webPod);
    await expect(entry('Ready').first()).toBeVisible();
    await openDialog(page);
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    await expect(entry('Debugger started')).toContainText('with the processes of web');
  },
);
