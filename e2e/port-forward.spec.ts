import { expect, test } from './fixtures.ts';
import { followLink } from './pages.ts';
import { onPractice } from './where.ts';

test(
  'a port of the pod is opened on this machine, serves what the pod serves, and is closed',
  onPractice,
  async ({ podPage: page, cluster, webPod }) => {
    await followLink(page, 'Network');
    const section = page.getByRole('region', { name: 'Open a port here' });
    const open = async (port: string) => {
      await section.getByLabel('Port of the pod').fill(port);
      await section.getByRole('button', { name: 'Open on this machine' }).click();
    };
    await open('80');
    const ports = section.getByRole('list', { name: 'Open ports' }).getByRole('listitem');
    const item = ports.filter({ hasText: 'port 80' });
    await expect(item).toContainText(`${cluster.namespace}/${webPod}`);
    const address = (await item.getByRole('link', { name: 'Open' }).getAttribute('href')) ?? '';

    await test.step('twenty requests at once are answered whole', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(address)).text()));
      for (const answer of answers) expect(answer).toContain(`served by ${webPod}`);
    });

    await test.step('a browser does not give it the dashboard’s cookie', async () => {
      expect(await page.context().cookies(page.url())).toHaveLength(1);
      expect(await page.context().cookies(address)).toEqual([]);
    });

    await test.step('opened again it is the same', async () => {
      await open('80');
      await expect(ports).toHaveCount(1);
      await expect(item).toContainText(/2\d connections, \d+ open now/);
    });

    await test.step('where nothing listens the page gives the reason', async () => {
      await open('81');
      const other = ports.filter({ hasText: 'port 81' });
      const dead = (await other.getByRole('link', { name: 'Open' }).getAttribute('href')) ?? '';
      await expect(fetch(dead)).rejects.toThrow();
      await page.reload();
      await expect(other).toContainText('The last that failed:');
      await other.getByRole('button', { name: /^Close 127/ }).click();
      await expect(other).toHaveCount(0);
    });

    await test.step('once closed nothing answers', async () => {
      await item.getByRole('button', { name: /^Close 127/ }).click();
      await expect(section.getByRole('list', { name: 'Open ports' })).toHaveCount(0);
      await expect(fetch(address)).rejects.toThrow();
    });
  },
);
