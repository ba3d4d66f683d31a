import type { Page } from '@playwright/test';
import { expect, startDebugger, test } from './fixtures.ts';

/** Goes to a page as one of the users of the test kubeconfig. */
async function open(page: Page, context: string, path = '/', parameters: Record<string, string> = {}): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}${path}?${new URLSearchParams({ context, ...parameters })}`);
}

test('who may list only one namespace is shown that one', async ({ pods: page }) => {
  await open(page, 'shop-only');
  await expect(page.getByLabel('Namespace')).toHaveValue('shop');
  await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
  await expect(page).toHaveURL(/namespace=shop/);
});

test('403 on list names the verb and the resource and gives the Role to ask for', async ({ pods: page }) => {
  await open(page, 'nobody', '/', { namespace: 'shop' });
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('User system:serviceaccount:shop:nobody may not list pods in namespace shop');
  await expect(alert).toContainText('kind: Role');
  await expect(alert).toContainText('- list');
});

test('403 on patch names pods/ephemeralcontainers and gives the Role', async ({ pods: page, webPod }) => {
  await open(page, 'no-patch', '/pod', { namespace: 'shop', name: webPod });
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  const alert = page.getByRole('dialog').getByRole('alert');
  await expect(alert).toContainText('may not patch pods/ephemeralcontainers in namespace shop');
  await expect(alert).toContainText('- pods/ephemeralcontainers');
  await expect(alert).toContainText('- patch');
});

test('403 on attach is told in the terminal and gives the Role', async ({ pods: page, webPod }) => {
  await open(page, 'no-attach', '/pod', { namespace: 'shop', name: webPod });
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('may not create pods/attach in namespace shop');
  await expect(alert).toContainText('- pods/attach');
});

test('without the right to exec the matrix says why nothing could be read', async ({ pods: page }) => {
  await open(page, 'no-attach', '/pod', { namespace: 'shop', name: 'nginx' });
  const cell = page.getByRole('region', { name: 'Namespace matrix' }).getByRole('cell').first();
  await expect(cell).toContainText('not readable');
  await expect(cell).toContainText('may not create pods/exec in namespace shop');
  await expect(page.getByRole('list', { name: 'Not readable' })).toContainText(
    'may not create pods/exec in namespace shop',
  );
});

test('a token that is not accepted, an expired certificate and an unreachable server have words of their own', async ({
  pods: page,
}) => {
  const alert = page.getByRole('main').getByRole('alert');
  await open(page, 'bad-token');
  await expect(alert).toContainText('does not accept the credentials of user bad-token');
  await open(page, 'expired');
  await expect(alert).toContainText('The client certificate of user expired expired on');
  await open(page, 'unreachable');
  await expect(alert).toContainText("can't be reached: nothing listens there");
});

test('contexts can be switched on the page', async ({ pods: page }) => {
  await page.getByLabel('Cluster context').selectOption('shop-only');
  await expect(page).toHaveURL(/context=shop-only/);
  await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
});
