import { expect, freshPod, kubectl, test } from './fixtures.ts';

test('a link by workload opens the dialog on a pod of it, whatever that is called by now', async ({
  pods: page,
  terminal,
}) => {
  const origin = new URL(page.url()).origin;
  const parameters = { workload: 'deploy/py-serv', namespace: 'shop', target: 'web', image: 'busybox:1.36' };
  const pod = freshPod('app=py-serv');
  await page.goto(`${origin}/debug?${new URLSearchParams({ ...parameters, profile: 'baseline' })}`);
  const dialog = page.getByRole('dialog', { name: `Debug ${pod}` });
  await expect(dialog.getByLabel('Image', { exact: true })).toHaveValue('busybox:1.36');
  await expect(dialog.getByLabel('Target container')).toHaveValue('web');
  await expect(dialog.getByLabel('Profile')).toHaveValue('baseline');
  // The way back leads to where one came from, not to the link again.
  await expect(page).toHaveURL(new RegExp(`/pod\\?.*name=${pod}`));
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
  await terminal.expectPrompt();
  expect(await terminal.run('cat /proc/1/comm')).toBe('web');
});

test('a link to what is not there, or selects nothing that runs, says so', async ({ pods: page }) => {
  const origin = new URL(page.url()).origin;
  const open = (parameters: Record<string, string>) =>
    page.goto(`${origin}/debug?${new URLSearchParams({ namespace: 'shop', ...parameters })}`);
  await open({ workload: 'secret/token' });
  await expect(page.getByRole('main')).toContainText('The address names no workload');
  await open({ workload: 'deploy/nothing' });
  await expect(page.getByRole('main')).toContainText('Deployment shop/nothing is not there');
  await open({ workload: 'deploy/py-serv', context: 'nobody' });
  await expect(page.getByRole('main')).toContainText('may not get deployments in namespace shop');
  kubectl('-n', 'shop', 'create', 'deployment', 'none-yet', '--image=busybox:1.36', '--replicas=0');
  try {
    await open({ workload: 'deploy/none-yet' });
    await expect(page.getByRole('main')).toContainText('No pod of deployment none-yet in namespace shop runs');
  } finally {
    kubectl('-n', 'shop', 'delete', 'deployment', 'none-yet');
  }
});
