import type { Page } from '@playwright/test';
import { freshPod, uniqueName } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { visit } from './pages.ts';
import { onPractice } from './where.ts';

/** Follows a link to the debuggers of a workload. */
async function openLink(page: Page, parameters: Record<string, string>): Promise<void> {
  await visit(page, `/debug?${new URLSearchParams(parameters)}`);
}

test(
  'a link by workload opens the dialog on a pod of it, whatever that is called by now',
  onPractice,
  async ({ app: page, cluster, terminal }) => {
    const pod = await freshPod(cluster, 'app=py-serv');
    await openLink(page, {
      workload: 'deploy/py-serv',
      namespace: cluster.namespace,
      target: 'web',
      image: 'busybox:1.36',
      profile: 'baseline',
    });
    const dialog = page.getByRole('dialog', { name: `Debug ${pod}` });
    await expect(dialog.getByLabel('Image', { exact: true })).toHaveValue('busybox:1.36');
    await expect(dialog.getByLabel('Target container')).toHaveValue('web');
    await expect(dialog.getByLabel('Profile')).toHaveValue('baseline');
    // The way back leads to where one came from, not to the link again.
    await expect(page).toHaveURL(new RegExp(`/pod\\?.*name=${pod}`));
    await dialog.getByRole('button', { name: 'Start debugger' }).click();
    await terminal.expectPrompt();
    expect(await terminal.run('cat /proc/1/comm')).toBe('web');
  },
);

test(
  'a link to what is not there, or selects nothing that runs, says so',
  onPractice,
  async ({ app: page, cluster }) => {
    const { namespace } = cluster;
    const main = page.getByRole('main');
    await openLink(page, { namespace, workload: 'secret/token' });
    await expect(main).toContainText('The address names no workload');
    await openLink(page, { namespace, workload: 'deploy/nothing' });
    await expect(main).toContainText(`Deployment ${namespace}/nothing is not there`);
    await openLink(page, { namespace, workload: 'deploy/py-serv', context: 'nobody' });
    await expect(main).toContainText(`may not get deployments in namespace ${namespace}`);
    const name = uniqueName('none-yet');
    const labels = { app: name };
    await cluster.create('Deployment', {
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'busybox:1.36' }] } },
      },
    });
    try {
      await openLink(page, { namespace, workload: `deploy/${name}` });
      await expect(main).toContainText(`No pod of deployment ${name} in namespace ${namespace} runs`);
    } finally {
      await cluster.delete('Deployment', name);
    }
  },
);
