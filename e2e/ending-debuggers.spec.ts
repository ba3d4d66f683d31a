import type { V1ContainerStatus } from '@kubernetes/client-node';
import type { Page } from '@playwright/test';
import { debuggerStates } from './clusters/pods.ts';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { expect, test } from './fixtures.ts';
import { followLink, openDialog, openPod, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

/** The status of an application's container. It changes when the container ends or restarts. */
async function statusOf(cluster: StoryCluster, pod: string, container: string): Promise<V1ContainerStatus> {
  const { status } = await cluster.get('Pod', pod);
  const found = status?.containerStatuses?.find(({ name }) => name === container);
  if (found === undefined) throw new Error(`pod ${pod} has no status of container ${container}`);
  return found;
}

/** The only debugger of a pod that runs. */
async function runningDebugger(cluster: StoryCluster, pod: string): Promise<string> {
  const running = async () =>
    Object.entries(await debuggerStates(cluster, pod)).flatMap(([name, state]) => (state === 'running' ? [name] : []));
  await expect.poll(running).toHaveLength(1);
  const [name = ''] = await running();
  return name;
}

/** Waits until a program runs in the pod's debugger: ending a bare shell would show less. */
async function untilRuns(cluster: StoryCluster, pod: string, command: string): Promise<void> {
  const name = await runningDebugger(cluster, pod);
  await expect.poll(() => cluster.shell(pod, name, 'ps -o args')).toContain(`\n${command}\n`);
}

async function endCurrent(page: Page): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Terminal' })
    .getByRole('button', { name: /^Close / })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test(
  'ending a debugger ends its own process, whatever runs in it, and the application it targets goes on',
  onBoth,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    const tabs = page.getByRole('region', { name: 'Terminals' }).getByRole('tab');
    const application = await statusOf(cluster, webPod, 'web');

    await test.step('beside its target', async () => {
      await openDialog(page);
      await startDebugger(page, { target: 'web' });
      await terminal.expectPrompt();
      await page.keyboard.type('sleep 1000\n');
      await untilRuns(cluster, webPod, 'sleep 1000');
      await endCurrent(page);
      await expect(tabs).toHaveCount(0);
      expect(Object.values(await debuggerStates(cluster, webPod))).toEqual(['terminated']);
    });

    await test.step('alone, where it is process 1', async () => {
      await openDialog(page);
      await startDebugger(page, { target: '' });
      await terminal.expectPrompt();
      expect(await terminal.run('echo $$')).toBe('1');
      await page.keyboard.type('trap "" HUP INT; sleep 1000\n');
      await untilRuns(cluster, webPod, 'sleep 1000');
      await endCurrent(page);
      expect(Object.values(await debuggerStates(cluster, webPod))).toEqual(['terminated', 'terminated']);
    });

    await test.step('a shell beside others', async () => {
      await openDialog(page);
      await startDebugger(page, { target: 'web' });
      await terminal.expectPrompt();
      await page.getByRole('button', { name: /^Shell in debugger-/ }).click();
      await expect(tabs).toHaveCount(2);
      await expect(tabs.last()).toHaveAttribute('aria-selected', 'true');
      await terminal.expectPrompt();
      await page.keyboard.type('sleep 1234\n');
      await untilRuns(cluster, webPod, 'sleep 1234');
      await endCurrent(page);
      await expect(tabs).toHaveCount(1);
      await page.getByRole('textbox', { name: /Terminal of/ }).focus();
      // The bracket keeps grep's own command line out of what it finds.
      expect(await terminal.run('ps -o args | grep -c "[s]leep 1234"; ps -o args | grep -c "[s]h -s"')).toBe('0\n0');
    });

    await test.step('a debugger that was left is listed, opened again and ended', async () => {
      await page.getByRole('tab', { selected: true }).press('Delete');
      await page.getByRole('button', { name: 'Leave it running' }).click();
      await expect(tabs).toHaveCount(0);
      await followLink(page, 'Debuggers');
      const item = page.getByRole('listitem').filter({ hasText: webPod });
      await expect(item).toContainText('no terminal here');
      await item.getByRole('button', { name: /^Open / }).click();
      await terminal.expectPrompt();
      await expect(item).toContainText('1 page looks');
      await item.getByRole('button', { name: /^End / }).click();
      await expect(item).toHaveCount(0);
      await expect(page.getByText(/^Ended/)).toBeVisible();
      expect(new Set(Object.values(await debuggerStates(cluster, webPod)))).toEqual(new Set(['terminated']));
    });
    expect(await statusOf(cluster, webPod, 'web')).toEqual(application);
  },
);

test('closing the application’s own terminal never ends its process', onBoth, async ({ app: page, cluster }) => {
  await openPod(page, cluster, 'nginx');
  // A process that is ended leaves this list at once, and the pod's status later.
  const shells = async () => (await cluster.shell('nginx', 'shell', 'ps -o pid,args')).match(/^ *\d+ \S*sh$/gm);
  const before = { status: await statusOf(cluster, 'nginx', 'shell'), shells: await shells() };
  expect(before.status.state).toHaveProperty('running');
  expect(before.shells).not.toBeNull();
  await page.getByRole('button', { name: 'Attach to shell' }).click();
  await expect(page.getByRole('tab', { selected: true })).toContainText('live');
  await page.getByRole('tab', { selected: true }).press('Delete');
  await expect(page.getByRole('region', { name: 'Terminals' })).toHaveCount(0);
  expect({ status: await statusOf(cluster, 'nginx', 'shell'), shells: await shells() }).toEqual(before);
});
