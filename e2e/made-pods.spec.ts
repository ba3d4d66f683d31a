import { readyPods, untilGone } from './clusters/pods.ts';
import { deleteMadePods } from './clusters/temporary-pod.ts';
import { expect, test } from './fixtures.ts';
import { followLink, openDebugDialog, openDialog, openPod, startDebugger } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

test.afterEach(({ cluster }) => deleteMadePods(cluster));

test(
  'a copy of a pod: a debugger among its processes, and the copy is gone with its terminal',
  onBoth,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    const dialog = await openDialog(page);
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    const name = await dialog.getByLabel('Name of the copy').inputValue();
    expect(name).toMatch(new RegExp(`^${webPod}-debug-`));
    await expect(dialog.getByText(`--copy-to ${name}`)).toBeVisible();
    await expect(dialog.getByRole('listitem').filter({ hasText: /^pid/ })).toContainText('Shared with the whole pod');
    await expect(dialog.getByText('The cluster would allow it.')).toBeVisible();
    await startDebugger(page, { profile: 'general' });
    await terminal.expectPrompt();
    const ps = await terminal.run('ps -o pid,args');
    expect(ps).toMatch(/^\s*1 \S*pause$/m);
    expect(ps).toMatch(/\/web$/m);
    await followLink(page, 'Debuggers');
    await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('1 page looks');
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    // Nothing was done to the original.
    expect((await cluster.get('Pod', webPod)).spec?.ephemeralContainers).toBeUndefined();

    await page.keyboard.type('exit\n');
    await terminal.expectText(/was made for this terminal and is deleted/);
    await untilGone(cluster, name);
  },
);

test(
  'a copy with a container changed, left running, is found again and deleted',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    const dialog = await openDebugDialog(page, cluster, 'crashing');
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    const name = await dialog.getByLabel('Name of the copy').inputValue();

    await test.step('a pod that crashes can be looked into', async () => {
      await dialog.getByLabel('Debug with').selectOption('main');
      await expect(dialog.getByLabel('Image', { exact: true })).toHaveValue('');
      await expect(dialog.getByLabel('Command', { exact: true })).toHaveValue('sh');
      await startDebugger(page, { profile: 'baseline' });
      await terminal.expectPrompt();
      // The shell runs in place of what crashes.
      expect(await terminal.run('ps -o args | grep -c "[n]o configuration"')).toBe('0');
    });

    await page.getByRole('tab', { selected: true }).press('Delete');
    await expect(page.getByRole('dialog')).toContainText('delete its pod');
    await page.getByRole('button', { name: 'Leave it running' }).click();
    await followLink(page, 'Debuggers');
    // Other stories of the cluster copy their pods `crashing` too.
    const item = page.getByRole('listitem', { name, exact: true });
    await expect(item).toContainText('copy of crashing');
    await expect(item).toContainText('no terminal here');
    await item.getByRole('button', { name: /^Open / }).click();
    await terminal.expectPrompt();
    await item.getByRole('button', { name: /^Delete / }).click();
    await expect(item).toHaveCount(0);
    await expect(page.getByText(/^Ended|is gone/).first()).toBeVisible();
  },
);

test(
  'a copy with nothing but another image has no terminal; its page says what it is',
  onPractice,
  async ({ podPage: page, cluster }) => {
    const dialog = await openDialog(page);
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    const name = await dialog.getByLabel('Name of the copy').inputValue();
    await dialog.getByLabel('Image', { exact: true }).fill('');
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
    await dialog.getByText('More options').click();
    await dialog.getByLabel('Other images').fill('web');
    await expect(dialog.getByText('Line 1: it is CONTAINER=IMAGE')).toBeVisible();
    await dialog.getByLabel('Other images').fill('web=busybox:1.36');
    await expect(dialog.getByRole('region', { name: 'What is sent, in YAML' })).toContainText('image: busybox:1.36');
    await dialog.getByRole('button', { name: 'Start debugger' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await expect(page.getByText('This pod is a copy, made for debugging')).toBeVisible();
    const { spec } = await cluster.get('Pod', name);
    expect(spec?.containers.map(({ image }) => image)).toEqual(['busybox:1.36']);
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await expect(page.getByText(`Pod ${cluster.namespace}/${name} is gone`)).toBeVisible();
  },
);

test('a copy that can’t start is cancelled, and is gone', onPractice, async ({ podPage: page, cluster }) => {
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: /^In a copy/ }).check();
  const name = await dialog.getByLabel('Name of the copy').inputValue();
  await startDebugger(page, { image: 'registry.invalid/tool:1' });
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('can’t find the registry’s name', { timeout: 20_000 });
  await alert.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await untilGone(cluster, name);
});

test(
  'a debugger of a node sees the node, and its pod is deleted with it',
  onBoth,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    const node = (await cluster.get('Pod', webPod)).spec?.nodeName;
    const dialog = await openDialog(page);
    await dialog.getByRole('radio', { name: /^On its node/ }).check();
    await expect(dialog.getByText(`debug -it node/${node} `)).toBeVisible();
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Read the node’s files' })).toHaveAttribute(
      'data-is',
      'yes',
    );
    await startDebugger(page);
    await terminal.expectPrompt();
    // Processes of other pods, and what no container has: the node's own files.
    expect(await terminal.run('ps -o args | grep -c "[p]ause"')).not.toBe('0');
    expect(await terminal.run('ls -d1 /host/proc /host/etc')).toBe('/host/etc\n/host/proc');
    const title = (await page.getByRole('tab', { selected: true }).getAttribute('title')) ?? '';
    const name = /node-debugger-[\w-]+/.exec(title)?.[0] ?? '';
    expect(await cluster.find('Pod', name)).toBeDefined();
    await page.getByRole('tab', { selected: true }).press('Delete');
    await page.getByRole('button', { name: 'End it' }).click();
    await expect(page.getByRole('tab')).toHaveCount(0);
    await untilGone(cluster, name);
  },
);

test(
  'a pod that has had a debugger is recreated by its owner',
  onPractice,
  async ({ app: page, cluster, terminal }) => {
    const [old = ''] = await readyPods(cluster, 'app=store', 2);
    await openDebugDialog(page, cluster, old);
    await startDebugger(page, { target: '' });
    await terminal.expectPrompt();
    await page.keyboard.type('exit\n');
    await expect(page.getByText('This pod has had a debugger')).toBeVisible();
    await page.getByRole('button', { name: 'Recreate this pod' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Recreate this pod' }).click();
    await untilGone(cluster, old);
    await readyPods(cluster, 'app=store', 2);
  },
);

test('a finished pod can’t have a debugger, but a copy of it can', onPractice, async ({ app: page, cluster }) => {
  await openPod(page, cluster, 'finished');
  await expect(page.getByRole('main')).toContainText('This pod has finished (Completed)');
  const dialog = await openDialog(page);
  await expect(dialog.getByRole('radio', { name: /^In a copy/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^In the pod/ }).check();
  await expect(dialog.getByText(/nothing can be started in it any more/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
});

test(
  'a copy outlives the server, and is deleted with its terminal by the next run',
  onPractice,
  async ({ page, cluster, webPod, terminal, restartable: server }) => {
    const away = page.getByText('Ephemera’s server does not answer');
    await page.goto(server.url);
    const dialog = await openDebugDialog(page, cluster, webPod);
    await dialog.getByRole('radio', { name: /^In a copy/ }).check();
    const name = await dialog.getByLabel('Name of the copy').inputValue();
    await startDebugger(page);
    await terminal.expectPrompt();
    await server.kill();
    await expect(away).toBeVisible();
    await server.start();
    await expect(away).toHaveCount(0);
    await terminal.expectPrompt();
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    expect(await terminal.run('echo still here')).toBe('still here');
    await page.keyboard.type('exit\n');
    await terminal.expectText(/was made for this terminal and is deleted/);
    await untilGone(cluster, name);
  },
);
