import type { Page } from '@playwright/test';
import { containerId, podAddress, readyPods, uniqueName } from './clusters/pods.ts';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { expect, test } from './fixtures.ts';
import { printed, processOf } from './node-processes.ts';
import { followLink, openPod, podParameters, startDebugger, visit } from './pages.ts';
import { onBoth, onKubernetes } from './where.ts';

async function openNetwork(page: Page, cluster: StoryCluster, pod: string): Promise<void> {
  await visit(page, `/network?${podParameters(cluster, pod)}`);
  await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
}

test('what a pod listens on, whose it is, its addresses, ways and Services', onBoth, async ({ app: page, cluster }) => {
  await openPod(page, cluster, 'nginx');
  await followLink(page, 'Network');
  const listening = page.getByRole('region', { name: 'Listening sockets' }).getByRole('row').filter({ hasText: ':80' });
  await expect(listening.first()).toContainText('everybody who reaches the pod');
  await expect(listening.first()).toContainText(/\(\d+\) in nginx/);
  const ip = await podAddress(cluster, 'nginx');
  await expect(page.getByRole('region', { name: 'Interfaces' }).last()).toContainText(`${ip}/`);
  await expect(page.getByRole('region', { name: 'Routes' })).toContainText('default');
  await expect(page.getByRole('region', { name: '/etc/hosts' })).toContainText(ip);

  await test.step('a connection is seen while it lasts', async () => {
    const release = `/tmp/${uniqueName('release')}`;
    // Its input stays open until the release: so does the connection.
    const held = `{ until [ -e ${release} ]; do sleep 0.1; done; rm ${release}; }`;
    const client = `(${held} | nc 127.0.0.1 80) >/dev/null 2>&1 &`;
    const untilConnected = 'until netstat -tn | grep -q "127.0.0.1:80 *ESTABLISHED"; do sleep 0.1; done';
    await cluster.shell('nginx', 'shell', `${client} ${untilConnected}`);
    try {
      await page.getByRole('button', { name: 'Read again' }).click();
      const row = page
        .getByRole('region', { name: 'Connections' })
        .last()
        .getByRole('row')
        .filter({ hasText: 'ESTAB' });
      await expect(row.filter({ hasText: /nc \(\d+\) in shell/ }).first()).toContainText('127.0.0.1:80');
    } finally {
      await cluster.shell('nginx', 'shell', `touch ${release}`);
    }
  });
});

test('a Service that does not lead to its pod says why', onBoth, async ({ app: page, cluster }) => {
  const [pod = ''] = await readyPods(cluster, 'app=store', 2);
  const name = uniqueName('by-name');
  await cluster.create('Service', {
    metadata: { name },
    spec: { selector: { app: 'store' }, ports: [{ port: 80, targetPort: 'no-such-port' }] },
  });
  try {
    await openNetwork(page, cluster, pod);
    await expect(page.getByRole('listitem', { name: 'store', exact: true })).toContainText('leads here');
    const broken = page.getByRole('listitem', { name });
    await expect(broken).toContainText('does not lead here');
    await expect(broken).toContainText('no-such-port');
  } finally {
    await cluster.delete('Service', name);
  }
});

test(
  'the page tries from inside the pod what can be reached, and says what the answer means',
  onBoth,
  async ({ app: page, cluster, webPod, terminal }) => {
    await openNetwork(page, cluster, webPod);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('can’t be read from inside');
    await page.getByRole('button', { name: 'Start a debugger' }).click();
    await startDebugger(page, { target: '' });
    await terminal.expectPrompt();
    await expect(page.getByRole('region', { name: 'Listening sockets' })).toContainText('none that may be read');
    const tester = page.getByRole('region', { name: 'Try from inside' });
    const attempt = async (what: string, host: string, port?: string) => {
      await tester.getByLabel('What', { exact: true }).selectOption({ label: what });
      await tester.getByLabel('Host').fill(host);
      if (port !== undefined) await tester.getByLabel('Port').fill(port);
      await tester.getByRole('button', { name: 'Try' }).click();
    };
    const [store = ''] = await readyPods(cluster, 'app=store', 2);
    const other = await podAddress(cluster, store);

    await attempt('HTTP GET', 'localhost', '80');
    await expect(tester).toContainText('localhost, port 80, answered.');
    await expect(tester.getByRole('region', { name: 'What it printed' })).toContainText(`served by ${webPod}`);
    await attempt('TCP connect', other, '80');
    await expect(tester).toContainText(`${other}, port 80, took the connection.`);
    await attempt('TCP connect', '127.0.0.1', '81');
    await expect(tester).toContainText('refused: the host is there, and nothing listens on that port.');
    await attempt('Ping', other);
    await expect(tester).toContainText(`${other} answers.`);
    await expect(tester.getByRole('region', { name: 'kubectl command' })).toContainText('ping -c 3');
  },
);

test('the sockets are those that ss sees on the node', onKubernetes, async ({ app: page, cluster }) => {
  test.skip(cluster.kind !== 'kubernetes', 'the node is another machine');
  await openNetwork(page, cluster, 'nginx');
  const { pid } = processOf(await containerId(cluster, 'nginx', 'nginx'));
  const ss = await printed('nsenter', '-t', pid, '-n', 'ss', '-Htuln');
  const seen = ss
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[4] ?? '');
  const rows = page.getByRole('region', { name: 'Listening sockets' }).locator('tbody tr');
  const shown = () => rows.evaluateAll((all) => all.map((row) => row.querySelectorAll('td')[1]?.textContent ?? ''));
  // ss writes any address of IPv4 and IPv6 at once as a star.
  const comparable = (addresses: string[]) => addresses.map((address) => address.replace('[::]', '*')).sort();
  expect(seen.join()).toContain(':80');
  await expect.poll(async () => comparable(await shown())).toEqual(comparable(seen));
});
