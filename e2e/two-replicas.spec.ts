import { expect, kubectl, openPod, startDebugger, test } from './fixtures.ts';

test('a debugger in one pod fetches a page from both replicas of another Deployment by pod IP', async ({
  pods: page,
  terminal,
}) => {
  const pods = kubectl(
    '-n',
    'shop',
    'get',
    'pods',
    '-l',
    'app=store',
    '-o',
    'jsonpath={range .items[*]}{.metadata.name} {.status.podIP}{"\\n"}{end}',
  )
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  expect(pods).toHaveLength(2);
  await openPod(page, 'nginx');
  await page.keyboard.press('d');
  await startDebugger(page, { target: '' });
  await terminal.expectPrompt();
  for (const [name, ip] of pods) {
    expect(await terminal.run(`wget -qO- ${ip}`)).toContain(`served by ${name}`);
    expect(await terminal.run(`ping -c 1 ${ip}`)).toContain('1 packets received');
  }
});

test('a Service’s endpoints are the pods that the page lists', async ({ pods: page }) => {
  const ips = kubectl(
    '-n',
    'shop',
    'get',
    'endpointslices',
    '-l',
    'kubernetes.io/service-name=store',
    '-o',
    'jsonpath={.items[*].endpoints[*].addresses[0]}',
  ).split(' ');
  await page.getByLabel('Filter pods').fill('-l app=store');
  await expect(page.getByRole('row', { name: /store-/ })).toHaveCount(2);
  for (const row of await page.getByRole('row', { name: /store-/ }).all()) {
    const name = /store-\S+/.exec(await row.innerText())?.[0] ?? '';
    expect(ips).toContain(kubectl('-n', 'shop', 'get', 'pod', name, '-o', 'jsonpath={.status.podIP}'));
  }
});
