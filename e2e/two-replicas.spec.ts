import { podAddress, readyPods } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

test(
  'a debugger in one pod fetches a page from both replicas of another Deployment by pod IP',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    const names = await readyPods(cluster, 'app=store', 2);
    await openPod(page, cluster, 'nginx');
    await openDialog(page);
    await startDebugger(page, { target: '' });
    await terminal.expectPrompt();
    for (const name of names) {
      const ip = await podAddress(cluster, name);
      expect(await terminal.run(`wget -qO- ${ip}`)).toContain(`served by ${name}`);
      expect(await terminal.run(`ping -c 1 ${ip}`)).toContain('1 packets received');
    }
  },
);

test('a Service’s endpoints are the pods that the page lists', onBoth, async ({ pods: page, cluster }) => {
  const names = await readyPods(cluster, 'app=store', 2);
  const rows = page.getByRole('row', { name: /store-/ });
  await page.getByLabel('Filter pods').fill('-l app=store');
  await expect(rows).toHaveCount(names.length);
  for (const name of names) await expect(rows.filter({ hasText: name })).toHaveCount(1);
  const ips = (await Promise.all(names.map((name) => podAddress(cluster, name)))).sort().join(' ');
  // The controller of endpoints is a moment behind the pods.
  await cluster.until(
    'EndpointSlice',
    { labels: 'kubernetes.io/service-name=store' },
    {
      what: `the endpoints ${ips}`,
      isSo: (slices) => {
        const endpoints = slices.flatMap((slice) => slice.endpoints ?? []).flatMap(({ addresses }) => addresses);
        return endpoints.sort().join(' ') === ips;
      },
    },
  );
});
