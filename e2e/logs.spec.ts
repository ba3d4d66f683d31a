import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createObject, expect, followLink, kubectl, openPod, test } from './fixtures.ts';

test('the log of a container that has crashed, now and before, is a click away', async ({ pods: page }) => {
  const log = page.getByRole('log');
  await test.step('of one that does not come up', async () => {
    await openPod(page, 'crashing');
    await followLink(page, 'Log of main');
    await expect(log).toContainText('no configuration');
    await page.getByLabel('Times').check();
    await expect(log).toContainText(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z no configuration/);
  });
  await test.step('of one that came up the second time', async () => {
    await openPod(page, 'recovered');
    await followLink(page, 'Log of main');
    await page.getByLabel('Before the last restart').check();
    await expect(page.getByRole('status').filter({ hasText: 'that is all' })).toBeVisible();
    await expect(log).toContainText('no configuration');
  });
});

test('a long log is searched, followed, coloured and downloaded, whatever is in it', async ({ pods: page }) => {
  const name = `talker-${randomBytes(3).toString('hex')}`;
  // With its times, less than the 10 MiB at which a kubelet begins another file.
  const lines = 100_000;
  const script = [
    `seq -f 'line %.0f of many' ${lines} 2>/dev/null || seq ${lines} | sed 's/.*/line & of many/'`,
    String.raw`printf '\033[31mred\033[0m \033[2J\033]0;title\007<b>bold</b>\n'`,
    'while :; do echo tick; sleep 0.5; done',
  ].join('\n');
  const container = { name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] };
  const spec = { terminationGracePeriodSeconds: 1, containers: [container] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' }, spec };
  createObject(pod);
  try {
    kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
    await openPod(page, name);
    await followLink(page, 'Log of main');
    const log = page.getByRole('log');
    await test.step('the end is shown, and what comes', async () => {
      await expect(log).toContainText('tick', { timeout: 20_000 });
      const status = page.getByRole('status').filter({ hasText: 'as they come' });
      const count = async () => Number((await status.textContent())?.match(/([\d,]+) lines/)?.[1]?.replaceAll(',', ''));
      const before = await count();
      await expect.poll(count).toBeGreaterThan(before);
    });
    await test.step('all of it, filtered', async () => {
      await page.getByLabel('How much').selectOption('all');
      await page.getByRole('searchbox', { name: 'Filter the log' }).fill(`LINE ${lines - 1} of`);
      await expect(page.getByRole('status').filter({ hasText: /^1 of 100,/ })).toBeVisible({ timeout: 20_000 });
      await expect(log.locator('mark')).toHaveText(`line ${lines - 1} of`);
    });
    await test.step('colours have a meaning, and nothing else has an effect', async () => {
      await page.getByRole('searchbox', { name: 'Filter the log' }).fill('bold');
      await expect(log).toHaveText('red <b>bold</b>');
      await expect(log.getByText('red', { exact: true })).toHaveClass(/text-problem/);
    });
    await test.step('the file has every line', async () => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download' }).click();
      const file = await waiting;
      expect(file.suggestedFilename()).toBe(`${name}-main.log`);
      const text = readFileSync(await file.path(), 'utf8').split('\n');
      for (let line = 1; line <= lines; line++)
        if (text[line - 1] !== `line ${line} of many`) throw new Error(`line ${line}`);
    });
  } finally {
    kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
  }
});

test('a log that may not be read, or is not there, says why', async ({ pods: page }) => {
  const origin = new URL(page.url()).origin;
  const address = { namespace: 'shop', name: 'crashing', container: 'none' };
  await page.goto(`${origin}/logs?${new URLSearchParams({ context: 'admin', ...address })}`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('container none is not valid for pod crashing');
  const [bad, foreign] = await Promise.all([
    page.request.get(`${origin}/logs/stream?context=admin&namespace=../x&pod=a&container=b`),
    fetch(`${origin}/logs/stream?context=admin&namespace=shop&pod=crashing&container=main`),
  ]);
  expect((await bad.json()).error.message).toBe('This is not the address of a log.');
  expect(foreign.status).toBe(401);
});

test('the logs of several containers are one, by their times', async ({ pods: page }) => {
  const name = `pair-${randomBytes(3).toString('hex')}`;
  const talk = (word: string, first: string) => ({
    name: word,
    image: 'busybox:1.36',
    command: [
      'sh',
      '-c',
      `sleep ${first}; i=0; while [ $i -lt 4 ]; do echo ${word}-$i; i=$((i + 1)); sleep 1; done; exec sleep 100000`,
    ],
  });
  createObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { terminationGracePeriodSeconds: 0, containers: [talk('left', '0.2'), talk('right', '0.7')] },
  });
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
  await openPod(page, name);
  await followLink(page, 'Log of left');
  await page.getByRole('group', { name: 'Together with' }).getByLabel('right').click();
  await page.getByRole('heading', { name: 'Log of left, right' }).waitFor();
  const log = page.getByRole('log');
  for (const word of ['left-3', 'right-3']) await expect(log).toContainText(word);
  await page.getByLabel('Times').click();
  for (const word of ['left-3', 'right-3']) await expect(log).toContainText(new RegExp(`│ \\S+Z ${word}`));
  const lines = (await log.locator('[data-index]').allTextContents()).filter((line) => / │ /.test(line));
  expect(lines).toHaveLength(8);
  const times = lines.map((line) => /│ (\S+)/.exec(line)?.[1] ?? '');
  expect(times).toEqual([...times].sort());
  expect(lines.map((line) => line.split(' ')[0]).join(' ')).toMatch(/left right left|right left right/);
  kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
});
