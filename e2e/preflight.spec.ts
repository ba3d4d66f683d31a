import { expect, kubectl, openDebugDialog, test } from './fixtures.ts';

test('in a restricted namespace the page alone leads to a debugger', async ({ pods: page, terminal }) => {
  const dialog = await openDebugDialog(page, 'vault', 'secure');
  const alert = dialog.getByRole('alert');
  // Nothing is touched: what the dialog begins with is refused by the namespace's policy.
  await expect(alert).toContainText('violates PodSecurity "restricted:latest"');
  await expect(alert).toContainText('Profile restricted is allowed here, run as user');
  await alert.getByRole('button', { name: /^Use profile restricted and run it as user \d+$/ }).click();
  await expect(dialog.getByLabel('Profile')).toHaveValue('restricted');
  await expect(dialog.getByRole('status').filter({ hasText: 'The cluster would allow it' })).toBeVisible();
  await expect(alert).toHaveCount(0);
  await expect(dialog.getByLabel('Run as user')).toHaveValue(/^\d+$/);
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
  await terminal.expectPrompt();
  expect(await terminal.run('id -u')).not.toBe('0');
});

test('all missing rights are told at once, with the Role and the RoleBinding', async ({ pods: page, webPod }) => {
  const before = kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.metadata.resourceVersion}');
  const open = async (context: string) => {
    const parameters = new URLSearchParams({ context, namespace: 'shop', name: webPod });
    await page.goto(`${new URL(page.url()).origin}/pod?${parameters}`);
    await page.getByRole('button', { name: 'Debug d' }).click();
  };
  const alert = page.getByRole('dialog').getByRole('alert');
  await open('no-patch');
  await expect(alert).toContainText(/User system:serviceaccount:shop:no-patch may not patch pods\/ephemeralcontainers/);
  await expect(alert).toContainText('kind: RoleBinding');
  await expect(alert).toContainText('kind: ServiceAccount');
  await open('no-attach');
  await expect(alert).toContainText('may not get pods/attach, create pods/attach in namespace shop');
  await expect(alert.getByText('ephemeralcontainers')).toHaveCount(0);
  expect(kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.metadata.resourceVersion}')).toBe(before);
});

test('an image that runs as root is known not to start where root is forbidden', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  const dialog = await openDebugDialog(page, webPod);
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
});
