import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onOneCluster, test } from './fixtures.ts';
import { startServer } from './product.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test(
  'without a kubeconfig the page says where it looked; once there is one, a click is enough',
  onOneCluster,
  async ({ page }) => {
    const path = join(folder, 'config');
    const server = await startServer({ KUBECONFIG: path });
    try {
      await page.goto(server.url);
      const alert = page.getByRole('main').getByRole('alert');
      await expect(alert).toContainText(`There is no kubeconfig: looked for ${path}`);
      await expect(alert).toContainText('--kubeconfig FILE');
      writeFileSync(path, 'clusters: [\n');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(alert).toContainText(`${path} is not valid YAML`);
      writeFileSync(path, 'contexts: [{name: a, context: {cluster: a}}]\n');
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByRole('main')).toContainText('No context is chosen');
    } finally {
      await server.stop();
    }
  },
);

test('an unknown --context is refused with the ones that there are', onOneCluster, async ({ page }) => {
  const server = await startServer({}, ['--context', 'prod']);
  try {
    await page.goto(server.url);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('The kubeconfig has no context prod');
    await expect(alert).toContainText('It has: admin, shop-only');
  } finally {
    await server.stop();
  }
});

test('--context and --namespace say where the page begins', onOneCluster, async ({ page }) => {
  const server = await startServer({}, ['--context', 'admin', '--namespace', 'shop']);
  try {
    await page.goto(server.url);
    await expect(page.getByLabel('Cluster context')).toHaveValue('admin');
    await expect(page.getByLabel('Namespace')).toHaveValue('shop');
    await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
    await page.getByLabel('Namespace').fill('');
    await expect(page).not.toHaveURL(/namespace=/);
  } finally {
    await server.stop();
  }
});
