import { expect, test } from './fixtures.ts';
import { openDialog, openPodOf, podParameters, visit } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

test(
  'in a restricted namespace the page alone leads to a debugger',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    await openPodOf(page, cluster.restrictedNamespace, 'vault');
    const dialog = await openDialog(page);
    const alert = dialog.getByRole('alert');
    // Nothing is touched: the namespace's policy refuses what the dialog begins with.
    await expect(alert).toContainText('violates PodSecurity "restricted:latest"');
    await expect(alert).toContainText('Profile restricted is allowed here, run as user');
    await alert.getByRole('button', { name: /^Use profile restricted and run it as user \d+$/ }).click();
    await expect(dialog.getByLabel('Profile')).toHaveValue('restricted');
    await expect(dialog.getByRole('status').filter({ hasText: 'The cluster would allow it' })).toBeVisible();
    await expect(alert).toHaveCount(0);
    await expect(dialog.getByLabel('Run as user')).toHaveValue(/^\d+$/);
    await dialog.getByRole('button', { name: 'Start debugger' }).click();
    await terminal.expectPrompt();
    expect(await terminal.run('id -u')).toMatch(/^[1-9]\d*$/);
  },
);

test(
  'the dialog names all missing rights at once, with the Role and the RoleBinding',
  onPractice,
  async ({ app: page, cluster, webPod }) => {
    const version = async () => (await cluster.get('Pod', webPod)).metadata?.resourceVersion;
    const before = await version();
    const open = async (context: string) => {
      await visit(page, `/pod?${podParameters(cluster, webPod, { context })}`);
      await page.getByRole('heading', { name: webPod, level: 1 }).waitFor();
      await openDialog(page);
    };
    const alert = page.getByRole('dialog').getByRole('alert');
    await open('no-patch');
    await expect(alert).toContainText(
      `User system:serviceaccount:${cluster.namespace}:no-patch may not patch pods/ephemeralcontainers`,
    );
    await expect(alert).toContainText('kind: RoleBinding');
    await expect(alert).toContainText('kind: ServiceAccount');
    await open('no-attach');
    await expect(alert).toContainText(`may not get pods/attach, create pods/attach in namespace ${cluster.namespace}`);
    await expect(alert.getByText('ephemeralcontainers')).toHaveCount(0);
    expect(await version()).toBe(before);
  },
);

test(
  'where root is forbidden, the dialog knows that an image that runs as root would not start',
  onPractice,
  async ({ podPage: page, terminal }) => {
    const dialog = await openDialog(page);
    const ready = dialog.getByRole('status').filter({ hasText: 'The cluster would allow it' });
    await expect(ready).toBeVisible();
    await dialog.getByLabel('Profile').selectOption('restricted');
    const alert = dialog.getByRole('alert');
    await expect(alert).toContainText('busybox:1.36 runs as root, which is forbidden here');
    await alert.getByRole('button', { name: 'Run it as user 65534' }).click();
    await expect(ready).toBeVisible();
    await dialog.getByRole('button', { name: 'Start debugger' }).click();
    await terminal.expectPrompt();
    expect(await terminal.run('id -u')).toBe('65534');
  },
);
