import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultProxy } from './fault-proxy.ts';
import { test as base, expect, kubectl, openPod, startDebugger } from './fixtures.ts';
import { clusterFolder } from './kubernetes/cluster.ts';
import { killAndRestart } from './kubernetes/process.ts';
import { countingEvery, lastNumber, numbersIn } from './numbered-output.ts';
import { startServer } from './product.ts';

interface DistantCluster {
  proxy: FaultProxy;
  /** Holds the administrator's token. */
  tokenFile: string;
}

const test = base.extend<{ distant: DistantCluster }>({
  /** A server whose way to the API server leads through the proxy; the page shows its list of pods. */
  distant: async ({ page }, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
    const config = JSON.parse(kubectl('config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'));
    const { hostname, port } = new URL(config.clusters[0].cluster.server);
    const proxy = await FaultProxy.start({ host: hostname, port: Number(port || 443) }, testInfo.repeatEachIndex + 1);
    config.clusters[0].cluster.server = `https://127.0.0.1:${proxy.port}`;
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, config.users[0].user.token);
    config.users[0].user = { tokenFile };
    const kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, JSON.stringify(config));
    const server = await startServer({ KUBECONFIG: kubeconfig });
    await page.goto(server.url);
    await use({ proxy, tokenFile });
    await server.stop();
    await proxy[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  },
});

function debuggerOf(pod: string): string {
  return kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'jsonpath={.spec.ephemeralContainers[0].name}');
}

function expectWhole(history: string): void {
  expect(history.split('\n').filter((line) => line.includes('is missing'))).toEqual([]);
  const numbers = numbersIn(history);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}

test('while the API server is away a debugger’s terminal says so, keeps what is typed, and goes on after it', async ({
  page,
  webPod,
  terminal,
  distant: { proxy },
}) => {
  await openPod(page, webPod);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  await terminal.expectPrompt();
  await terminal.run('mine=kept');
  await terminal.run('{ (sleep 1; for i in 1 2 3; do echo line $i; done; sleep 1) & }');

  proxy.down();
  await expect(page.getByRole('tab', { selected: true })).toContainText('reconnecting');
  await expect(page.getByText('attaching again')).toBeVisible();
  await expect.poll(() => kubectl('-n', 'shop', 'logs', webPod, '-c', debuggerOf(webPod))).toContain('line 3');
  await page.keyboard.type('echo $mine-$((6*7))\n');
  proxy.up();
  await expect(page.getByRole('tab', { selected: true })).toContainText('live');
  await terminal.expectText(/^kept-42$/m);
  // What was printed meanwhile came from the log, once and in its place.
  expect((await terminal.text()).match(/line \d$/gm)).toEqual(['line 1', 'line 2', 'line 3']);
  expect(await terminal.text()).not.toContain('is missing');
  expect(await terminal.run('echo $mine')).toBe('kept');
});

test('processes that could not be read while the API server was away are followed again after it', async ({
  page,
  distant: { proxy },
}) => {
  // So high that they are looked at all the time: what is scrolled to is asked for anew.
  await page.setViewportSize({ width: 1280, height: 3000 });
  await openPod(page, 'nginx');
  const section = page.getByRole('region', { name: 'Processes' });
  const master = section.getByRole('row').filter({ hasText: 'nginx: master' });
  await expect(master).toBeVisible();
  proxy.down();
  await expect(section.getByRole('alert')).toBeVisible();
  await expect(master).toBeVisible();
  proxy.up();
  await expect(section.getByRole('alert')).toHaveCount(0);
  await expect(master).toBeVisible();
});

test('what a debugger printed at its end is shown, though nobody was attached by then', async ({
  page,
  webPod,
  terminal,
  distant: { proxy },
}) => {
  await openPod(page, webPod);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  await terminal.expectPrompt();
  await page.keyboard.type('sleep 2; echo last-$((6*7)); exit 3\n');
  await terminal.expectText(/exit 3/);
  proxy.down();
  await expect
    .poll(() =>
      kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.status.ephemeralContainerStatuses[0].state}'),
    )
    .toContain('"exitCode":3');
  proxy.up();
  await expect(page.getByText('Ended with exit code 3')).toBeVisible();
  await terminal.expectText(/^last-42$/m);
});

test('when the login has run out a terminal says so, and goes on after the next', async ({
  page,
  webPod,
  terminal,
  distant: { proxy, tokenFile },
}) => {
  await openPod(page, webPod);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  await terminal.expectPrompt();
  await terminal.run('{ (sleep 2; for i in 1 2 3; do echo line $i; done) & }');
  const token = readFileSync(tokenFile);
  writeFileSync(tokenFile, 'expired');
  proxy.inject('reset');
  const tab = page.getByRole('tab', { selected: true });
  await expect(tab).toContainText('reconnecting');
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('can’t be reached');
  await expect(alert).toContainText('does not accept the credentials of user admin');
  await expect.poll(() => kubectl('-n', 'shop', 'logs', webPod, '-c', debuggerOf(webPod))).toContain('line 3');
  writeFileSync(tokenFile, token);
  await expect(tab).toContainText('live');
  await expect(alert).toHaveCount(0);
  await terminal.expectText(/^line 3$/m);
  expect((await terminal.text()).match(/line \d$/gm)).toEqual(['line 1', 'line 2', 'line 3']);
  expect(await terminal.run('echo $((6*7))')).toBe('42');
});

test('numbered output stays whole while connections to the API server are late, stalled, cut, reset and forgotten', async ({
  page,
  webPod,
  terminal,
  distant: { proxy },
}) => {
  // A forgotten connection is noticed after two pings that nobody answers.
  test.setTimeout(150_000);
  const calm = new AbortController();
  try {
    await openPod(page, webPod);
    await page.getByRole('button', { name: 'Debug d' }).click();
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await page.keyboard.type(countingEvery(0.05));
    await terminal.expectText(/^number \d$/m);

    const torment = proxy.torment(['delay', 'bytewise', 'stall', 'cut', 'reset'], 1_500, calm.signal);
    await terminal.expectText(/^number (1[5-9]|[2-9]\d)\d$/m);
    calm.abort();
    await torment;
    await expect(page.getByRole('tab', { selected: true })).toContainText('live');

    // Not by the word "reconnecting": the way is there again at once, and the word gone before a test sees it.
    proxy.inject('half-open');
    const silentAt = lastNumber(await terminal.text());
    await expect
      .poll(async () => lastNumber(await terminal.text()), { timeout: 60_000 })
      .toBeGreaterThan(silentAt + 200);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    await page.keyboard.press('Control+c');
    await terminal.expectPrompt();
    const history = (await terminal.history()).join('\n');
    expect(numbersIn(history).length).toBeGreaterThan(500);
    expectWhole(history);
  } finally {
    calm.abort();
  }
});

test('numbered output stays whole while the API server and the kubelet are killed and started again', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  test.skip(process.env['EPHEMERA_TEST_CLUSTER'] !== 'kubernetes', 'only a cluster of many processes can lose one');
  // Both need up to half a minute until they serve again.
  test.setTimeout(150_000);
  await openPod(page, webPod);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await startDebugger(page, {});
  await terminal.expectPrompt();
  await page.keyboard.type(countingEvery(0.01));
  await terminal.expectText(/^number 1\d\d$/m);
  const tab = page.getByRole('tab', { selected: true });
  for (const component of ['apiserver', 'kubelet']) {
    await test.step(component, async () => {
      const before = lastNumber(await terminal.text());
      await killAndRestart(clusterFolder, component, () => expect(tab).toContainText('reconnecting'));
      await expect(tab).toContainText('live', { timeout: 45_000 });
      await expect.poll(async () => lastNumber(await terminal.text())).toBeGreaterThan(before + 100);
    });
  }
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
  await page.keyboard.press('Control+c');
  await terminal.expectPrompt();
  const history = (await terminal.history()).join('\n');
  expectWhole(history);
});
