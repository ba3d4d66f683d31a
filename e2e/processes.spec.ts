import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { containerId } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { images } from './images.ts';
import { NamespaceMatrix } from './namespace-matrix.ts';
import { printed, processOf } from './node-processes.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import { type ListedProcess, ProcessList } from './process-list.ts';
import { onBoth, onKubernetes, onPractice } from './where.ts';

test(
  'the processes of a pod: a tree that lives, what each has, and a signal with its meaning',
  onBoth,
  async ({ app: page, cluster }) => {
    await openPod(page, cluster, 'nginx');
    const list = new ProcessList(page);

    await test.step('each has its container; the sandbox is sent nothing', async () => {
      await expect(list.row(/nginx: master/).getByRole('cell', { name: 'nginx', exact: true })).toBeVisible();
      const dialog = await list.open(/^\/pause$/);
      await expect(dialog.getByRole('region', { name: 'Signals' })).toContainText('This is the sandbox');
      await expect(dialog.getByRole('button', { name: /^Send/ })).toHaveCount(0);
      await page.keyboard.press('Escape');
    });

    await test.step('HUP is foretold, sent, and its workers are others', async () => {
      let before: number[] = [];
      await expect.poll(async () => (before = await list.pids(/^nginx: worker process$/))).toHaveLength(2);
      const dialog = await list.open(/nginx: master/);
      await dialog.getByLabel('Signal', { exact: true }).selectOption('KILL');
      await expect(dialog).toContainText('It ends at once and can’t tidy up.');
      await dialog.getByLabel('Signal', { exact: true }).selectOption('HUP');
      await expect(dialog).toContainText('It handles it itself: most servers read their configuration again.');
      await dialog.getByRole('button', { name: 'Send HUP' }).click();
      await expect(dialog).toContainText('HUP was sent.');
      await page.keyboard.press('Escape');
      await expect
        .poll(async () => {
          const now = await list.pids(/^nginx: worker process$/);
          return now.length === 2 && now.every((pid) => !before.includes(pid));
        })
        .toBe(true);
    });

    await test.step('its environment is hidden until it is asked for; its files, limits and namespaces are told', async () => {
      // Not nginx: a program that writes its title over its arguments may write over its environment too.
      const dialog = await list.open(/^sh$/, 'shell');
      await expect(dialog.getByRole('list', { name: 'Environment' })).toHaveCount(0);
      await dialog.getByRole('button', { name: 'Show the environment' }).click();
      await expect(dialog.getByRole('list', { name: 'Environment' })).toContainText('PATH=');
      await expect(dialog.getByRole('region', { name: 'Namespaces' }).getByRole('row', { name: /^mnt/ })).toContainText(
        'shell',
      );
      await expect(dialog.getByRole('region', { name: 'Open files' }).getByRole('listitem').first()).toBeVisible();
      await expect(
        dialog.getByRole('region', { name: 'Limits' }).getByRole('row', { name: /open files/ }),
      ).toBeVisible();
      await page.keyboard.press('Escape');
    });

    await test.step('what can be filtered and ordered', async () => {
      await page.getByLabel('Filter processes').fill('nginx: worker');
      await expect.poll(async () => (await list.all()).length).toBe(2);
      await page.getByLabel('Filter processes').fill('');
      await page.getByRole('combobox', { name: 'Order' }).selectOption('memory');
      await expect(list.row(/nginx: master/)).toBeVisible();
    });
  },
);

/** Which watches of the processes a page has begun, and which of them run. Listens from now on. */
function followWatches(page: Page): { begun: string[]; running(): string[] } {
  const begun: string[] = [];
  const ended = new Set<string | undefined>();
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      // In msgpack, which leaves texts as they are.
      const frame = String(payload);
      const subscription = /subscription[^0-9a-f]*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(frame)?.[1];
      if (frame.includes('processes:watch') && subscription !== undefined) begun.push(subscription);
      if (frame.includes('watch:stop')) ended.add(subscription);
    }),
  );
  return { begun, running: () => begun.filter((one) => !ended.has(one)) };
}

test('the page asks for processes only while they are on the screen', onPractice, async ({ app: page, cluster }) => {
  const watches = followWatches(page);
  // So low that the processes are below what is seen.
  await page.setViewportSize({ width: 1280, height: 420 });
  await openPod(page, cluster, 'nginx');
  const matrix = new NamespaceMatrix(page);
  // What stands above them is complete, and moves them no more.
  await expect(matrix.row('pid').getByRole('cell').first()).toContainText(/\d{6,}/);
  expect(watches.begun).toEqual([]);
  const heading = page.getByRole('heading', { name: 'Processes' });
  await heading.scrollIntoViewIfNeeded();
  await expect.poll(() => watches.running()).toHaveLength(1);
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await expect.poll(() => watches.running()).toEqual([]);
  await heading.scrollIntoViewIfNeeded();
  await expect.poll(() => watches.running()).toHaveLength(1);
  expect(watches.begun).toHaveLength(2);
});

test(
  'a container without a shell is read through a debugger, as far as the debugger may',
  onBoth,
  async ({ podPage: page, terminal }) => {
    const section = page.getByRole('region', { name: 'Processes' });
    await expect(section).toContainText('No container of this pod has a shell that could be asked.');
    await openDialog(page);
    await startDebugger(page, { target: 'web', profile: 'general' });
    await terminal.expectPrompt();
    const list = new ProcessList(page);
    await expect(list.row(/^\/web/).getByRole('cell', { name: 'web', exact: true })).toBeVisible();

    await test.step('process 1 is guarded', async () => {
      const dialog = await list.open(/^\/web/);
      await dialog.getByLabel('Signal', { exact: true }).selectOption('KILL');
      await expect(dialog).toContainText('the kernel keeps process 1 from being killed');
      await expect(dialog.getByRole('region', { name: 'Open files' })).toContainText('socket:[');
      await page.keyboard.press('Escape');
    });
  },
);

test('another user’s process says what can’t be read of it, and why', onBoth, async ({ podPage: page, terminal }) => {
  await openDialog(page);
  await startDebugger(page, { image: images.toolboxAsUser, target: 'web', profile: 'baseline' });
  await terminal.expectPrompt();
  const list = new ProcessList(page);
  const dialog = await list.open(/^\/web/);
  await expect(dialog.getByRole('region', { name: 'Open files' })).toContainText('that takes SYS_PTRACE');
  await dialog.getByRole('button', { name: 'Show the environment' }).click();
  await expect(dialog.getByRole('region', { name: 'Environment' })).toContainText('The kernel does not show');
  await dialog.getByLabel('Signal', { exact: true }).selectOption('TERM');
  await dialog.getByLabel(/It is process 1 of its container/).click();
  await dialog.getByRole('button', { name: 'Send TERM' }).click();
  await expect(dialog.getByRole('region', { name: 'Signals' }).getByRole('alert')).toContainText('is another user’s');
  await page.keyboard.press('Escape');
});

test('what is listed is what ps and lsns see on the node', onKubernetes, async ({ app: page, cluster }) => {
  test.skip(cluster.kind !== 'kubernetes', 'the node is another machine');
  await openPod(page, cluster, 'nginx');
  const list = new ProcessList(page);
  await expect(list.row(/nginx: master/)).toBeVisible();
  const { pidNamespace } = processOf(await containerId(cluster, 'nginx', 'nginx'));
  expect(await printed('lsns', '-t', 'pid', '-n', '-o', 'NS')).toContain(pidNamespace);
  const byPid = (a: { pid: number }, b: { pid: number }) => a.pid - b.pid;
  // Both are read again where they differ: something may have come or gone between.
  await expect(async () => {
    const shown = (await list.all()).map(({ container: _, ...one }) => one).sort(byPid);
    expect(shown).toEqual((await processesOn(pidNamespace)).sort(byPid));
  }).toPass({ timeout: 15_000 });
});

/** The processes of a pid namespace as the machine's own ps tells them, with the pids that they have in it. */
async function processesOn(namespace: string): Promise<Omit<ListedProcess, 'container'>[]> {
  const lines = (await printed('ps', '-eo', 'pid=,pidns=,uid=,nlwp=,args=', '-ww')).split('\n');
  return lines.flatMap((line) => {
    const [, pid, pidns, uid, threads, command = ''] = /^\s*(\d+)\s+(\d+|-)\s+(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    if (pid === undefined || pidns !== namespace) return [];
    const inner = /^NSpid:.*\s(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return [
      {
        pid: Number(inner),
        command: command.trim(),
        user: uid === '0' ? 'root' : String(uid),
        threads: Number(threads),
      },
    ];
  });
}
