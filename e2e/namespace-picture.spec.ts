import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { createObject, expect, kubectl, openDebugDialog, openPod, startDebugger, test } from './fixtures.ts';

async function download(page: Page, name: string): Promise<{ file: Download; content: Buffer }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const file = await waiting;
  return { file, content: readFileSync(await file.path()) };
}

test('the namespaces are drawn as boxes, told in words, and saved', async ({ pods: page, webPod, terminal }) => {
  await openDebugDialog(page, webPod);
  await startDebugger(page, { target: 'web' });
  await terminal.expectPrompt();
  // Its own namespaces are read a moment after it has started, and the picture follows.
  await expect(page.locator('tr[data-kind="pid"] td').nth(1)).toContainText(/\d{6}/);
  const picture = page.getByRole('img', { name: `Namespaces of pod ${webPod}` });
  await expect(picture).toHaveAccessibleName(/web, debugger-\w{5} share net, ipc, uts, pid/);
  await expect(picture).toHaveAccessibleName(/Only web has its mnt/);

  await test.step('as SVG, in colours of its own', async () => {
    const { file, content } = await download(page, 'SVG');
    expect(file.suggestedFilename()).toBe(`${webPod}-namespaces.svg`);
    const text = content.toString('utf8');
    expect(text).toMatch(/^<svg xmlns=/);
    expect(text).not.toContain('var(--');
    expect(text).toContain('>web</text>');
  });
  await test.step('as PNG', async () => {
    const { content } = await download(page, 'PNG');
    expect(content.subarray(1, 4).toString('latin1')).toBe('PNG');
    // Twice as wide as it is drawn, from the file's header.
    const width = await picture.evaluate((drawing) => (drawing as SVGSVGElement).width.baseVal.value);
    expect(content.readUInt32BE(16)).toBe(Math.floor(width * 2));
  });
  await test.step('as Markdown and JSON', async () => {
    const markdown = (await download(page, 'Markdown')).content.toString('utf8');
    expect(markdown).toContain(`# Namespaces of shop/${webPod}`);
    expect(markdown).toMatch(/^\| pid \| A \d+ \| A \d+ \|/m);
    const { pod, matrix } = JSON.parse((await download(page, 'JSON')).content.toString('utf8'));
    expect(pod.name).toBe(webPod);
    expect(matrix.rows).toHaveLength(8);
  });
});

test('a pod that shares its processes is one box with the sandbox in it', async ({ pods: page }) => {
  await openPod(page, 'nginx');
  const picture = page.getByRole('img', { name: 'Namespaces of pod nginx' });
  await expect(picture).toHaveAccessibleName(/nginx, shell,.* the sandbox share net, ipc, uts, pid/);
});

test('what was kept is compared: a restart shows, and so does another pod', async ({ pods: page, webPod }) => {
  const name = `mortal-${randomBytes(3).toString('hex')}`;
  const loop = (start: string) => ['sh', '-c', `${start}; while :; do sleep 0.2; done`];
  const containers = [
    { name: 'main', image: 'busybox:1.36', command: loop('trap "exit 0" TERM') },
    { name: 'other', image: 'busybox:1.36', command: loop(':') },
  ];
  const spec = { terminationGracePeriodSeconds: 1, containers };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' }, spec };
  createObject(pod);
  try {
    kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
    await openPod(page, name);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('button', { name: 'Read again' }).click();
    const compared = page.getByRole('region', { name: 'Compared with what was kept' });
    const item = (of: string) => compared.getByRole('listitem').filter({ hasText: new RegExp(`^${of}:`) });
    await expect(item('main')).toContainText('it has not been restarted');

    kubectl('-n', 'shop', 'exec', name, '-c', 'main', '--', 'kill', '1');
    await expect(item('main')).toContainText('It has been restarted; the pod’s sandbox has not.', { timeout: 30_000 });
    await expect(item('other')).toContainText('it has not been restarted');

    // By links: what is kept lives as long as the page.
    await page.getByRole('link', { name: 'Pods', exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: webPod }).click();
    await page.getByRole('heading', { name: webPod, level: 1 }).waitFor();
    await expect(compared).toContainText(`Compared with shop/${name}`);
    await compared.getByRole('button', { name: 'Forget it' }).click();
    await expect(compared).toHaveCount(0);
  } finally {
    kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
  }
});
