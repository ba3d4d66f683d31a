import { createPod, uniqueName, untilGone } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { images } from './images.ts';
import { openDebugDialog, openDialog, openPodOf, podParameters, startDebugger, visit } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

test(
  'the dialog refuses an invalid image name before it sends anything',
  onPractice,
  async ({ podPage: page, webPod, cluster }) => {
    const debuggers = async () => (await cluster.get('Pod', webPod)).spec?.ephemeralContainers ?? [];
    const before = await debuggers();
    const dialog = await openDialog(page);
    await dialog.getByLabel('Image', { exact: true }).fill('BusyBox:1.36');
    await expect(dialog).toContainText('image names are lower case, such as busybox');
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
    await dialog.getByLabel('Image', { exact: true }).fill('busybox:1.36');
    await dialog.getByLabel('Command', { exact: true }).fill("sh -c 'x");
    await expect(dialog).toContainText("opening ' without its end");
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
    expect(await debuggers()).toEqual(before);
  },
);

test(
  'the kubelet’s words explain an image that can’t be pulled, and the start can be cancelled',
  onBoth,
  async ({ podPage: page, webPod, cluster }) => {
    await openDialog(page);
    await startDebugger(page, { image: 'registry.invalid/tool:1' });
    const terminals = page.getByRole('region', { name: 'Terminals' });
    await expect(terminals.getByRole('alert')).toContainText("The node can't pull registry.invalid/tool:1");
    await expect(terminals.getByRole('alert')).toContainText('no such host');
    await cluster.until(
      'Event',
      { fields: `involvedObject.name=${webPod}` },
      {
        what: 'the kubelet’s event',
        isSo: (events) =>
          events.some(({ message }) => message?.startsWith('Failed to pull image "registry.invalid/tool:1"') ?? false),
      },
    );
    await terminals.getByRole('button', { name: 'Cancel' }).click();
    await expect(terminals).toBeHidden();
  },
);

test('the page explains why runAsNonRoot refuses a root image', onBoth, async ({ podPage: page }) => {
  await openDialog(page);
  await startDebugger(page, { profile: 'restricted' });
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('container has runAsNonRoot and image will run as root');
  await expect(alert).toContainText('run it as another user');
});

test('the page explains that a program is missing in the image', onBoth, async ({ podPage: page }) => {
  await openDialog(page);
  await startDebugger(page, { command: 'bash -l' });
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('"bash": executable file not found');
  await expect(alert).toContainText('The image has no such program');
});

test(
  'the page explains that a container has no shell, and offers a debugger beside it',
  onBoth,
  async ({ podPage: page, terminal }) => {
    await page.getByRole('button', { name: 'Shell in web' }).click();
    const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
    await expect(alert).toContainText('sh could not be started in container web');
    await expect(alert).toContainText('A debugger that targets web brings its own tools');
    await alert.getByRole('button', { name: 'Debug web' }).click();
    await startDebugger(page);
    await terminal.expectPrompt();
    expect(await terminal.run('ls /proc/1/root/web')).toBe('/proc/1/root/web');
  },
);

test(
  'after a refusal by PodSecurity the dialog names the rule and a remedy',
  onBoth,
  async ({ app: page, cluster, terminal }) => {
    await openPodOf(page, cluster.restrictedNamespace, 'vault');
    await openDialog(page);
    await startDebugger(page, { profile: 'general' });
    const alert = page.getByRole('dialog').getByRole('alert');
    await expect(alert).toContainText('violates PodSecurity "restricted:latest"');
    await expect(alert).toContainText('Choose profile restricted');
    await startDebugger(page, { profile: 'restricted', image: images.toolboxAsUser });
    await terminal.expectPrompt();
    expect(await terminal.run('id -u')).toBe('65534');
  },
);

test('a pod that is deleted while the dialog is open is reported as gone', onBoth, async ({ app: page, cluster }) => {
  const name = uniqueName('short-lived');
  try {
    await createPod(cluster, name, {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '1000'] }],
    });
    const dialog = await openDebugDialog(page, cluster, name);
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeEnabled();
    await cluster.deletePod(name);
    await untilGone(cluster, name);
    await expect(dialog.getByRole('alert')).toContainText('This pod is gone; pick another one');
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('main').getByRole('alert')).toContainText(`Pod ${cluster.namespace}/${name} is gone`);
  } finally {
    await cluster.deletePod(name);
  }
});

test('the address of a pod that does not exist says so', onPractice, async ({ app: page, cluster }) => {
  await visit(page, `/pod?${podParameters(cluster, 'never-was')}`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    `There is no pod ${cluster.namespace}/never-was`,
  );
});
