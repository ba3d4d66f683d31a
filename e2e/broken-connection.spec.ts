import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultProxy } from './fault-proxy.ts';
import { expect, kubectl, openPod, startDebugger, test } from './fixtures.ts';
import { startServer } from './product.ts';

/** A kubeconfig for the administrator whose way to the API server leads through the proxy. */
async function throughProxy(folder: string): Promise<{ proxy: FaultProxy; kubeconfig: string }> {
  const config = JSON.parse(kubectl('config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'));
  const { hostname, port } = new URL(config.clusters[0].cluster.server);
  const proxy = await FaultProxy.start({ host: hostname, port: Number(port || 443) });
  config.clusters[0].cluster.server = `https://127.0.0.1:${proxy.port}`;
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(config));
  return { proxy, kubeconfig };
}

function debuggerOf(pod: string): string {
  return kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'jsonpath={.spec.ephemeralContainers[0].name}');
}

test('while the API server is away a debugger’s terminal says so, keeps what is typed, and goes on after it', async ({
  page,
  webPod,
  terminal,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ephemera-e2e-'));
  const { proxy, kubeconfig } = await throughProxy(folder);
  const server = await startServer({ KUBECONFIG: kubeconfig });
  try {
    await page.goto(server.url);
    await openPod(page, webPod);
    await page.getByRole('button', { name: 'Debug d' }).click();
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await terminal.run('mine=kept');
    await page.keyboard.type('(sleep 1; for i in 1 2 3; do echo line $i; done; sleep 1) &\n');
    await terminal.expectText(/line/);

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
  } finally {
    await server.stop();
    await proxy[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }
});
