import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from './fixtures.ts';
import { startServer } from './product.ts';
import { onPractice } from './where.ts';

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

test(
  'without a kubeconfig the page says where it looked; once there is one, a click is enough',
  onPractice,
  async ({ page, folder }) => {
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

test('an unknown --context is refused, and the message lists the known ones', onPractice, async ({ page }) => {
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

test('--context and --namespace say where the page begins', onPractice, async ({ page, cluster }) => {
  const server = await startServer({}, ['--context', 'admin', '--namespace', cluster.namespace]);
  try {
    await page.goto(server.url);
    await expect(page.getByLabel('Cluster context')).toHaveValue('admin');
    await expect(page.getByLabel('Namespace')).toHaveValue(cluster.namespace);
    await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
    const elsewhere = page.getByRole('row', { name: new RegExp(`${cluster.restrictedNamespace} vault`) });
    await expect(elsewhere).toHaveCount(0);
    await page.getByLabel('Namespace').fill('');
    await expect(elsewhere).toBeVisible();
    await expect(page).not.toHaveURL(/namespace=/);
  } finally {
    await server.stop();
  }
});
