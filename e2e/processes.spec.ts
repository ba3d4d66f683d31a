import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, kubectl, openPod, startDebugger, test } from './fixtures.ts';
import { images } from './images.ts';
import { type ListedProcess, ProcessList } from './process-list.ts';

test('the processes of a pod: a tree that lives, what each has, and a signal with its meaning', async ({
  pods: page,
}) => {
  await openPod(page, 'nginx');
  const list = new ProcessList(page);

  await test.step('each has its container; the sandbox is sent nothing', async () => {
    await expect(list.row(/nginx: master/).getByRole('cell', { name: 'nginx', exact: true })).toBeVisible();
    const dialog = await list.open(/^\/pause$/);
    await expect(dialog.getByRole('region', { name: 'Signals' })).toContainText('This is the sandbox');
    await expect(dialog.getByRole('button', { name: /^Send/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('HUP is foretold, sent, and its workers are others', async () => {
    const before = await list.pids(/^nginx: worker process$/);
    expect(before).toHaveLength(2);
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
    await expect(dialog.getByRole('region', { name: 'Limits' }).getByRole('row', { name: /open files/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('what can be filtered and ordered', async () => {
    await page.getByLabel('Filter processes').fill('nginx: worker');
    await expect.poll(async () => (await list.all()).length).toBe(2);
    await page.getByLabel('Filter processes').fill('');
    await page.getByRole('combobox', { name: 'Order' }).selectOption('memory');
    await expect(list.row(/nginx: master/)).toBeVisible();
  });
});

test('nobody is asked while nobody looks', async ({ pods: page }) => {
  const sent: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  const count = (name: string) => sent.filter((frame) => frame.includes(name)).length;
  // So low that the processes are below what is seen.
  await page.setViewportSize({ width: 1280, height: 420 });
  await openPod(page, 'nginx');
  await expect(page.getByText('Read', { exact: false }).first()).toBeVisible();
  const table = page.getByRole('heading', { name: 'Processes' });
  await table.scrollIntoViewIfNeeded();
  await expect.poll(() => count('processes:watch')).toBe(1);
  const stops = count('watch:stop');
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await expect.poll(() => count('watch:stop')).toBe(stops + 1);
  await table.scrollIntoViewIfNeeded();
  await expect.poll(() => count('processes:watch')).toBe(2);
});

test('a container without a shell is read through a debugger, as far as the debugger may', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openPod(page, webPod);
  const section = page.getByRole('region', { name: 'Processes' });
  await expect(section).toContainText('No container of this pod has a shell that could be asked.');
  await page.keyboard.press('d');
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
});

test('another user’s process says what can’t be read of it, and why', async ({ pods: page, webPod, terminal }) => {
  await openPod(page, webPod);
  await page.keyboard.press('d');
  await startDebugger(page, { image: images.toolboxAsUser, target: 'web', profile: 'baseline' });
  await terminal.expectPrompt();
  const list = new ProcessList(page);
  const dialog = await list.open(/^\/web/);
  await expect(dialog.getByRole('region', { name: 'Open files' })).toContainText('that takes SYS_PTRACE');
  await dialog.getByRole('button', { name: 'Show the environment' }).click();
  await expect(dialog.getByRole('region', { name: 'Environment' })).toContainText('The kernel does not show');
  await dialog.getByLabel('Signal', { exact: true }).selectOption('TERM');
  const sure = dialog.getByLabel(/It is process 1 of its container/);
  if (await sure.isVisible()) await sure.click();
  await dialog.getByRole('button', { name: 'Send TERM' }).click();
  await expect(dialog.getByRole('region', { name: 'Signals' }).getByRole('alert')).toContainText('is another user’s');
  await page.keyboard.press('Escape');
});

test('what is listed is what ps and lsns see on the node', async ({ pods: page }) => {
  test.skip(
    process.env['EPHEMERA_TEST_CLUSTER'] !== 'kubernetes',
    'the node of a practice cluster is not this machine',
  );
  await openPod(page, 'nginx');
  const list = new ProcessList(page);
  await expect(list.row(/nginx: master/)).toBeVisible();
  const id = kubectl('-n', 'shop', 'get', 'pod', 'nginx', '-o', 'jsonpath={.status.containerStatuses[0].containerID}');
  const namespace = pidNamespaceOf(id.replace(/^.*:\/\//, ''));
  expect(execFileSync('lsns', ['-t', 'pid', '-n', '-o', 'NS'], { encoding: 'utf8' })).toContain(namespace);
  const byPid = (a: { pid: number }, b: { pid: number }) => a.pid - b.pid;
  await expect
    .poll(async () => (await list.all()).map(({ container: _, ...one }) => one).sort(byPid))
    .toEqual(processesOn(namespace).sort(byPid));
});

/** Of a container's processes, by the id in their cgroups. */
function pidNamespaceOf(containerId: string): string {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(containerId))
        return readlinkSync(`/proc/${pid}/ns/pid`).replace(/\D/g, '');
    } catch {
      // It has ended since the folder was read.
    }
  }
  throw new Error(`no process of container ${containerId} on this machine`);
}

/** The processes of a pid namespace as the machine's own ps tells them, with the pids that they have in it. */
function processesOn(namespace: string): Omit<ListedProcess, 'container'>[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,pidns=,uid=,nlwp=,args=', '-ww'], { encoding: 'utf8' }).split('\n');
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
