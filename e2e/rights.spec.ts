import type { Page } from '@playwright/test';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { expect, test } from './fixtures.ts';
import { openDialog, podParameters, startDebugger, visit } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

/** Goes to the list of pods as one of the users of the test kubeconfig. */
async function openPodsAs(page: Page, context: string, parameters: Record<string, string> = {}): Promise<void> {
  await visit(page, `/?${new URLSearchParams({ context, ...parameters })}`);
}

/** Goes to a pod's page as one of them. */
async function openPodAs(page: Page, context: string, { cluster, pod }: { cluster: StoryCluster; pod: string }) {
  await visit(page, `/pod?${podParameters(cluster, pod, { context })}`);
  await page.getByRole('heading', { name: pod, level: 1 }).waitFor();
}

test('a user who may list only one namespace sees that one', onPractice, async ({ app: page, cluster }) => {
  await openPodsAs(page, 'shop-only');
  await expect(page.getByLabel('Namespace')).toHaveValue(cluster.namespace);
  await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`namespace=${cluster.namespace}`));
});

test(
  '403 on list names the verb and the resource and gives the Role to ask for',
  onPractice,
  async ({ app: page, cluster: { namespace } }) => {
    await openPodsAs(page, 'nobody', { namespace });
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText(
      `User system:serviceaccount:${namespace}:nobody may not list pods in namespace ${namespace}`,
    );
    await expect(alert).toContainText('kind: Role');
    await expect(alert).toContainText('- list');
  },
);

test(
  '403 on patch names pods/ephemeralcontainers and gives the Role',
  onPractice,
  async ({ app: page, cluster, webPod }) => {
    await openPodAs(page, 'no-patch', { cluster, pod: webPod });
    await openDialog(page);
    await startDebugger(page);
    const alert = page.getByRole('dialog').getByRole('alert');
    // What the dialog foresees without a try gives the RoleBinding too.
    await expect(alert).toContainText('for this Role:');
    await expect(alert).toContainText(`may not patch pods/ephemeralcontainers in namespace ${cluster.namespace}`);
    await expect(alert).toContainText('- pods/ephemeralcontainers');
    await expect(alert).toContainText('- patch');
  },
);

test('403 on attach stands in the terminal and gives the Role', onBoth, async ({ app: page, cluster, webPod }) => {
  await openPodAs(page, 'no-attach', { cluster, pod: webPod });
  await openDialog(page);
  await startDebugger(page);
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText(`may not create pods/attach in namespace ${cluster.namespace}`);
  await expect(alert).toContainText('- pods/attach');
});

test(
  'without the right to exec the matrix says why nothing could be read',
  onPractice,
  async ({ app: page, cluster }) => {
    await openPodAs(page, 'no-attach', { cluster, pod: 'nginx' });
    const refusal = `may not create pods/exec in namespace ${cluster.namespace}`;
    const cell = page.getByRole('region', { name: 'Namespace matrix' }).getByRole('cell').first();
    await expect(cell).toContainText('not readable');
    await expect(cell).toContainText(refusal);
    await expect(page.getByRole('list', { name: 'Not readable' })).toContainText(refusal);
  },
);

test(
  'a token that is not accepted, an expired certificate and an unreachable server have words of their own',
  onBoth,
  async ({ app: page }) => {
    const alert = page.getByRole('main').getByRole('alert');
    await openPodsAs(page, 'bad-token');
    await expect(alert).toContainText('does not accept the credentials of user bad-token');
    await openPodsAs(page, 'expired');
    await expect(alert).toContainText('The client certificate of user expired expired on');
    await openPodsAs(page, 'unreachable');
    await expect(alert).toContainText("can't be reached: nothing listens there");
  },
);

test('contexts can be switched on the page', onPractice, async ({ app: page, cluster }) => {
  await visit(page, '/');
  await expect(page.getByRole('grid', { name: 'Pods' })).toBeVisible();
  await page.getByLabel('Cluster context').selectOption('shop-only');
  await expect(page).toHaveURL(/context=shop-only/);
  await expect(page.getByLabel('Namespace')).toHaveValue(cluster.namespace);
  await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
});
