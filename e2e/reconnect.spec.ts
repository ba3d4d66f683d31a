import { expect, test } from './fixtures.ts';
import { startServer } from './product.ts';

test('a page whose server went away says so, and that its token is void when another has taken its place', async ({
  page,
}) => {
  const server = await startServer();
  const port = new URL(server.origin).port;
  await page.goto(server.url);
  await page.getByRole('grid', { name: 'Pods' }).waitFor();
  await server.stop();
  await expect(page.getByText('Ephemera’s server does not answer')).toBeVisible();
  await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
  const successor = await startServer({}, ['--port', port]);
  try {
    await expect(page.getByText('This page’s token is no longer valid')).toBeVisible();
    await page.goto(successor.url);
    await expect(page.getByRole('row', { name: /py-serv/ })).toBeVisible();
  } finally {
    await successor.stop();
  }
});
