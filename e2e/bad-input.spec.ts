import { alertShown } from './alert-shown.ts';
import { expect, kubectl, openPod, startDebugger, test } from './fixtures.ts';
import { images } from './images.ts';

test('an invalid image name is refused before anything is sent', async ({ pods: page, webPod }) => {
  const before = kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.spec.ephemeralContainers[*].name}');
  await openPod(page, webPod);
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Image', { exact: true }).fill('BusyBox:1.36');
  await expect(dialog).toContainText('image names are lower case, such as busybox');
  await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
  await dialog.getByLabel('Image', { exact: true }).fill('busybox:1.36');
  await dialog.getByLabel('Command', { exact: true }).fill("sh -c 'x");
  await expect(dialog).toContainText("opening ' without its end");
  await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
  expect(kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.spec.ephemeralContainers[*].name}')).toBe(
    before,
  );
});

test('an image that can’t be pulled says so in the kubelet’s words, and cancel works', async ({
  pods: page,
  webPod,
}) => {
  await openPod(page, webPod);
  await page.keyboard.press('d');
  await startDebugger(page, { image: 'registry.invalid/tool:1' });
  const terminals = page.getByRole('region', { name: 'Terminals' });
  // As long as an assertion waits.
  await alertShown(page, "The node can't pull registry.invalid/tool:1", 15_000);
  const shownAt = Date.now();
  await expect(terminals.getByRole('alert')).toContainText("The node can't pull registry.invalid/tool:1");
  await expect(terminals.getByRole('alert')).toContainText('no such host');
  const said = await kubeletSaid(webPod, 'Failed to pull image "registry.invalid/tool:1"');
  // Event times have whole seconds: one more than the two that are allowed.
  expect(shownAt - said).toBeLessThan(3_000);
  await terminals.getByRole('button', { name: 'Cancel' }).click();
  await expect(terminals).toBeHidden();
});

async function kubeletSaid(pod: string, message: string): Promise<number> {
  const events = JSON.parse(
    kubectl('-n', 'shop', 'get', 'events', '--field-selector', `involvedObject.name=${pod}`, '-o', 'json'),
  ) as {
    items: { message: string; lastTimestamp: string }[];
  };
  const event = events.items.find((candidate) => candidate.message.startsWith(message));
  expect(event, 'the kubelet’s event').toBeDefined();
  return Date.parse(event?.lastTimestamp ?? '');
}

test('runAsNonRoot with a root image is explained', async ({ pods: page, webPod }) => {
  await openPod(page, webPod);
  await page.keyboard.press('d');
  await startDebugger(page, { profile: 'restricted' });
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('container has runAsNonRoot and image will run as root');
  await expect(alert).toContainText('run it as another user');
});

test('a program that is missing in the image is explained', async ({ pods: page, webPod }) => {
  await openPod(page, webPod);
  await page.keyboard.press('d');
  await startDebugger(page, { command: 'bash -l' });
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('"bash": executable file not found');
  await expect(alert).toContainText('The image has no such program');
});

test('a shell in a container without one is explained, and a debugger beside it is a click away', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openPod(page, webPod);
  await page.getByRole('button', { name: 'Shell in web' }).click();
  const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
  await expect(alert).toContainText('sh could not be started in container web');
  await expect(alert).toContainText('A debugger that targets web brings its own tools');
  await alert.getByRole('button', { name: 'Debug web' }).click();
  await startDebugger(page, {});
  await terminal.expectPrompt();
  expect(await terminal.run('ls /proc/1/root/web')).toBe('/proc/1/root/web');
});

test('PodSecurity refuses, and the dialog says which rule and what to do', async ({ pods: page, terminal }) => {
  await openPod(page, 'vault', 'secure');
  await page.keyboard.press('d');
  await startDebugger(page, { profile: 'general' });
  const alert = page.getByRole('dialog').getByRole('alert');
  await expect(alert).toContainText('violates PodSecurity "restricted:latest"');
  await expect(alert).toContainText('Choose profile restricted');
  await startDebugger(page, { profile: 'restricted', image: images.toolboxAsUser });
  await terminal.expectPrompt();
  expect(await terminal.run('id -u')).toBe('65534');
});

test('a pod that is deleted while the dialog is open is said to be gone', async ({ pods: page }) => {
  kubectl(
    '-n',
    'shop',
    'run',
    'short-lived',
    '--image=busybox:1.36',
    '--restart=Never',
    '--command',
    '--',
    'sleep',
    '1000',
  );
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', 'pod/short-lived', '--timeout=30s');
  await openPod(page, 'short-lived');
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeEnabled();
  kubectl('-n', 'shop', 'delete', 'pod', 'short-lived', '--now');
  await expect(dialog.getByRole('alert')).toContainText('This pod is gone; pick another one');
  await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Pod shop/short-lived is gone');
});

test('an address of a pod that is not there says so', async ({ pods: page }) => {
  await page.goto(`${new URL(page.url()).origin}/pod?context=admin&namespace=shop&name=never-was`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no pod shop/never-was');
});
