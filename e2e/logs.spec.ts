import { readFileSync } from 'node:fs';
import type { V1Container } from '@kubernetes/client-node';
import type { Page } from '@playwright/test';
import { createTemporaryPod } from './clusters/temporary-pod.ts';
import { expect, test } from './fixtures.ts';
import { followLink, openPod, podParameters, visit } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

test(
  'the log of a container that has crashed, now and before, is a click away',
  onBoth,
  async ({ app: page, cluster }) => {
    const log = page.getByRole('log');
    await test.step('of a container that does not come up', async () => {
      await openPod(page, cluster, 'crashing');
      await followLink(page, 'Log of main');
      await expect(log).toContainText('no configuration');
      await page.getByLabel('Times').check();
      await expect(log).toContainText(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z no configuration/);
    });
    await test.step('of a container that came up the second time', async () => {
      await openPod(page, cluster, 'recovered');
      await followLink(page, 'Log of main');
      await page.getByLabel('Before the last restart').check();
      await expect(page.getByRole('status').filter({ hasText: 'that is all' })).toBeVisible();
      await expect(log).toContainText('no configuration');
    });
  },
);

/** The number of lines that a followed log says it has; NaN until it says one. */
async function followedLines(page: Page): Promise<number> {
  const status = page.getByRole('status').filter({ hasText: 'as they come' });
  return Number((await status.textContent())?.match(/([\d,]+) lines/)?.[1]?.replaceAll(',', ''));
}

test(
  'a long log is searched, followed, coloured and downloaded, whatever is in it',
  onBoth,
  async ({ app: page, cluster }) => {
    // With its times, less than the 10 MiB at which a kubelet begins another file.
    const lines = 100_000;
    const script = [
      `seq -f 'line %.0f of many' ${lines} 2>/dev/null || seq ${lines} | sed 's/.*/line & of many/'`,
      String.raw`printf '\033[31mred\033[0m \033[2J\033]0;title\007<b>bold</b>\n'`,
      'while :; do echo tick; sleep 0.5; done',
    ].join('\n');
    await using pod = await createTemporaryPod(cluster, 'talker', {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }],
    });
    await openPod(page, cluster, pod.name);
    await followLink(page, 'Log of main');
    const log = page.getByRole('log');
    await test.step('the end is shown, and each new line', async () => {
      await expect(log).toContainText('tick', { timeout: 20_000 });
      await expect.poll(() => followedLines(page)).toBeGreaterThan(0);
      const before = await followedLines(page);
      await expect.poll(() => followedLines(page)).toBeGreaterThan(before);
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
      expect(file.suggestedFilename()).toBe(`${pod.name}-main.log`);
      const text = readFileSync(await file.path(), 'utf8').split('\n');
      for (let line = 1; line <= lines; line++)
        if (text[line - 1] !== `line ${line} of many`) throw new Error(`line ${line}`);
    });
  },
);

test('a log that may not be read, or is not there, says why', onPractice, async ({ app: page, cluster, server }) => {
  await visit(page, `/logs?${podParameters(cluster, 'crashing', { container: 'none' })}`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('container none is not valid for pod crashing');
  const { origin } = server;
  const [bad, foreign] = await Promise.all([
    page.request.get(`${origin}/logs/stream?context=admin&namespace=../x&pod=a&container=b`),
    fetch(`${origin}/logs/stream?context=admin&namespace=${cluster.namespace}&pod=crashing&container=main`),
  ]);
  expect((await bad.json()).error.message).toContain('The request for a log is not valid at namespace:');
  expect(foreign.status).toBe(401);
});

/**
 * Prints `NAME-0` to `NAME-3`, each after the other container's line before it. The last two wait until the story makes
 * /turn/go. Files in the volume `turn` pass the turn.
 */
function taker(name: string, after: (round: number) => string): V1Container {
  const rounds = [0, 1, 2, 3].map(
    (round) =>
      `${round === 2 ? 'await go; ' : ''}await ${after(round)}; echo ${name}-${round}; touch /turn/${name}-${round}`,
  );
  const script = ['await() { until [ -e "/turn/$1" ]; do sleep 0.1; done; }', ...rounds, 'exec sleep 100000'];
  return {
    name,
    image: 'busybox:1.36',
    command: ['sh', '-c', script.join('\n')],
    volumeMounts: [{ name: 'turn', mountPath: '/turn' }],
  };
}

test('the logs of several containers are one, by their times', onBoth, async ({ app: page, cluster }) => {
  await using pod = await createTemporaryPod(cluster, 'pair', {
    terminationGracePeriodSeconds: 0,
    volumes: [{ name: 'turn', emptyDir: {} }],
    containers: [
      taker('left', (round) => (round === 0 ? '.' : `right-${round - 1}`)),
      taker('right', (round) => `left-${round}`),
    ],
  });
  await openPod(page, cluster, pod.name);
  await followLink(page, 'Log of left');
  await page.getByRole('group', { name: 'Together with' }).getByLabel('right').click();
  await page.getByRole('heading', { name: 'Log of left, right' }).waitFor();
  const log = page.getByRole('log');
  for (const word of ['left-1', 'right-1']) await expect(log).toContainText(word);
  await cluster.shell(pod.name, 'left', 'touch /turn/go');
  for (const word of ['left-3', 'right-3']) await expect(log).toContainText(word);
  await page.getByLabel('Times').click();
  for (const word of ['left-3', 'right-3']) await expect(log).toContainText(new RegExp(`│ \\S+Z ${word}`));
  const rows = log.locator('[data-index]').filter({ hasText: / │ / });
  await expect(rows).toHaveCount(8);
  const lines = await rows.allTextContents();
  const times = lines.map((line) => /│ (\S+)/.exec(line)?.[1] ?? '');
  expect(times).toEqual([...times].sort());
  expect(lines.map((line) => line.split(' ')[0]).join(' ')).toMatch(/left right left|right left right/);
});
