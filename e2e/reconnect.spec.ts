import { expect, test } from './fixtures.ts';
import { openPods } from './pages.ts';
import { startServer } from './product.ts';
import { onPractice } from './where.ts';

test(
  'a page says when its server is gone, and that its token is void once another has taken its place',
  onPractice,
  async ({ page, cluster }) => {
    const server = await startServer();
    try {
      await page.goto(server.url);
      await openPods(page, cluster);
    } finally {
      await server.stop();
    }
    await expect(page.getByText('Ephemera’s server does not answer')).toBeVisible();
    await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
    const successor = await startServer({}, ['--port', new URL(server.origin).port]);
    try {
      await expect(page.getByText('This page’s token is no longer valid')).toBeVisible();
      await page.goto(successor.url);
      await openPods(page, cluster);
      await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
    } finally {
      await successor.stop();
    }
  },
);
