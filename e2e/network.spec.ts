import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { createObject, expect, followLink, kubectl, openPod, podName, startDebugger, test } from './fixtures.ts';

async function openNetwork(page: Page, pod: string): Promise<void> {
  await page.goto(
    `${new URL(page.url()).origin}/network?${new URLSearchParams({ context: 'admin', namespace: 'shop', name: pod })}`,
  );
  await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();
}

test('what a pod listens on, whose it is, its addresses, ways and Services', async ({ pods: page }) => {
  await openPod(page, 'nginx');
  await followLink(page, 'Network');
  const listening = page.getByRole('region', { name: 'Listening sockets' }).getByRole('row').filter({ hasText: ':80' });
  await expect(listening.first()).toContainText('everybody who reaches the pod');
  await expect(listening.first()).toContainText(/\(\d+\) in nginx/);
  const ip = kubectl('-n', 'shop', 'get', 'pod', 'nginx', '-o', 'jsonpath={.status.podIP}');
  await expect(page.getByRole('region', { name: 'Interfaces' }).last()).toContainText(`${ip}/`);
  await expect(page.getByRole('region', { name: 'Routes' })).toContainText('default');
  await expect(page.getByRole('region', { name: '/etc/hosts' })).toContainText(ip);

  await test.step('a connection is seen while it lasts', async () => {
    const shell = ['-n', 'shop', 'exec', 'nginx', '-c', 'shell', '--', 'sh', '-c'];
    // Its input stays open for a while: so does the connection.
    kubectl(...shell, '(sleep 20 | nc 127.0.0.1 80 >/dev/null 2>&1) >/dev/null 2>&1 & echo begun');
    await page.getByRole('button', { name: 'Read again' }).click();
    const row = page.getByRole('region', { name: 'Connections' }).last().getByRole('row').filter({ hasText: 'ESTAB' });
    await expect(row.filter({ hasText: /nc \(\d+\) in shell/ }).first()).toContainText('127.0.0.1:80');
  });
});

test('a Service that does not lead to its pod says why', async ({ pods: page }) => {
  const pod = podName('app=store');
  const { metadata } = JSON.parse(kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'json'));
  expect(metadata.labels.app).toBe('store');
  const name = `by-name-${Date.now().toString(36)}`;
  createObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: 'store' }, ports: [{ port: 80, targetPort: 'no-such-port' }] },
  });
  try {
    await openNetwork(page, pod);
    await expect(page.getByRole('listitem', { name: 'store', exact: true })).toContainText('leads here');
    const broken = page.getByRole('listitem', { name });
    await expect(broken).toContainText('does not lead here');
    await expect(broken).toContainText('no-such-port');
  } finally {
    kubectl('-n', 'shop', 'delete', 'service', name);
  }
});

test('from inside the pod it is tried what can be reached, and what the answer means', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openNetwork(page, webPod);
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
  const other = kubectl('-n', 'shop', 'get', 'pod', podName('app=store'), '-o', 'jsonpath={.status.podIP}');

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
});

test('the sockets are those that ss sees on the node', async ({ pods: page }) => {
  test.skip(
    process.env['EPHEMERA_TEST_CLUSTER'] !== 'kubernetes',
    'the node of a practice cluster is not this machine',
  );
  await openNetwork(page, 'nginx');
  const listening = page.getByRole('region', { name: 'Listening sockets' });
  await expect(listening).toContainText(':80');
  const shown = await listening
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.querySelectorAll('td')[1]?.textContent ?? ''));
  const id = kubectl('-n', 'shop', 'get', 'pod', 'nginx', '-o', 'jsonpath={.status.containerStatuses[0].containerID}');
  const ss = execFileSync('nsenter', ['-t', String(processOf(id.replace(/^.*:\/\//, ''))), '-n', 'ss', '-Htuln'], {
    encoding: 'utf8',
  });
  const seen = ss
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[4] ?? '');
  // ss writes any address of IPv4 and IPv6 at once as a star.
  expect(shown.map((address) => address.replace('[::]', '*')).sort()).toEqual(
    seen.map((address) => address.replace('[::]', '*')).sort(),
  );
});

/** A process of a container on this machine. */
function processOf(containerId: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (
        readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(containerId) &&
        readlinkSync(`/proc/${pid}/ns/net`) !== ''
      )
        return Number(pid);
    } catch {
      // It has ended since the folder was read.
    }
  }
  throw new Error(`no process of container ${containerId} on this machine`);
}
