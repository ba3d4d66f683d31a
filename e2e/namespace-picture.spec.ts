import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { createTemporaryPod } from './clusters/temporary-pod.ts';
import { expect, test } from './fixtures.ts';
import { NamespaceMatrix } from './namespace-matrix.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import { onPractice } from './where.ts';

async function download(page: Page, name: string): Promise<{ file: Download; content: Buffer }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const file = await waiting;
  return { file, content: readFileSync(await file.path()) };
}

test(
  'the namespaces are drawn as boxes, described in words, and saved',
  onPractice,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    await openDialog(page);
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    // The debugger's own namespaces are read a moment after it has started, and the picture follows.
    const matrix = new NamespaceMatrix(page);
    await expect(matrix.row('pid').getByRole('cell').nth(1)).toContainText(/\d{6}/);
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
      expect(markdown).toContain(`# Namespaces of ${cluster.namespace}/${webPod}`);
      expect(markdown).toMatch(/^\| pid \| A \d+ \| A \d+ \|/m);
      const report = JSON.parse((await download(page, 'JSON')).content.toString('utf8'));
      expect(report.pod.name).toBe(webPod);
      expect(report.matrix.rows).toHaveLength(8);
    });
  },
);

test(
  'a pod that shares its processes is one box with the sandbox in it',
  onPractice,
  async ({ app: page, cluster }) => {
    await openPod(page, cluster, 'nginx');
    const picture = page.getByRole('img', { name: 'Namespaces of pod nginx' });
    await expect(picture).toHaveAccessibleName(/nginx, shell,.* the sandbox share net, ipc, uts, pid/);
  },
);

test(
  'a kept reading is compared: a restart shows, and so does another pod',
  onPractice,
  async ({ app: page, cluster, webPod }) => {
    const loop = (start: string) => ['sh', '-c', `${start}; while :; do sleep 0.2; done`];
    await using pod = await createTemporaryPod(cluster, 'mortal', {
      terminationGracePeriodSeconds: 1,
      containers: [
        { name: 'main', image: 'busybox:1.36', command: loop('trap "exit 0" TERM') },
        { name: 'other', image: 'busybox:1.36', command: loop(':') },
      ],
    });
    await openPod(page, cluster, pod.name);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('button', { name: 'Read again' }).click();
    const compared = page.getByRole('region', { name: 'Compared with what was kept' });
    const item = (of: string) => compared.getByRole('listitem').filter({ hasText: new RegExp(`^${of}:`) });
    await expect(item('main')).toContainText('it has not been restarted');

    // The end of process 1 may cut this command off before it has answered; the page shows what it did.
    await cluster.shell(pod.name, 'main', 'kill 1').catch(() => {});
    await expect(item('main')).toContainText('It has been restarted; the pod’s sandbox has not.', { timeout: 30_000 });
    await expect(item('other')).toContainText('it has not been restarted');

    // By links: a kept reading lives as long as the page.
    await page.getByRole('link', { name: 'Pods', exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: webPod }).click();
    await page.getByRole('heading', { name: webPod, level: 1 }).waitFor();
    await expect(compared).toContainText(`Compared with ${cluster.namespace}/${pod.name}`);
    await compared.getByRole('button', { name: 'Forget it' }).click();
    await expect(compared).toHaveCount(0);
  },
);
