import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { test } from './distant-cluster.ts';
import { expect } from './fixtures.ts';
import { clusterFolder } from './kubernetes/cluster.ts';
import { killAndRestart } from './kubernetes/process.ts';
import { countingEvery, lastNumber, numbersIn } from './numbered-output.ts';
import { openDialog, openPod, startDebugger } from './pages.ts';
import type { TerminalDriver } from './terminal-driver.ts';
import { onBoth, onKubernetesAlone, onPractice } from './where.ts';

/** A line of shell that waits until `release`: output that must come after a cut can't come before it. */
const untilReleased = 'until [ -e /tmp/go ]; do sleep 0.1; done';

async function release(cluster: StoryCluster, pod: string): Promise<void> {
  await cluster.shell(pod, await debuggerOf(cluster, pod), 'touch /tmp/go');
}

async function debuggerOf(cluster: StoryCluster, pod: string): Promise<string> {
  return (await cluster.get('Pod', pod)).spec?.ephemeralContainers?.[0]?.name ?? '';
}

/** Waits until the debugger's log has its third line. */
async function expectThreeLinesInLog(cluster: StoryCluster, pod: string): Promise<void> {
  const name = await debuggerOf(cluster, pod);
  await expect.poll(() => cluster.kubectl('logs', pod, '-c', name)).toContain('line 3');
}

/** The output of the lines, in the order of the screen. */
async function linesOf(terminal: TerminalDriver): Promise<string[]> {
  return [...(await terminal.text()).matchAll(/line \d$/gm)].map(([line]) => line);
}

async function startAndPrompt(page: Page, terminal: TerminalDriver): Promise<void> {
  await openDialog(page);
  await startDebugger(page);
  await terminal.expectPrompt();
}

/** Ends the counting by Ctrl-C and returns everything that the terminal has kept. */
async function historyAfterInterrupt(page: Page, terminal: TerminalDriver): Promise<string> {
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
  await page.keyboard.press('Control+c');
  await terminal.expectPrompt();
  return (await terminal.history()).join('\n');
}

function expectWhole(history: string): void {
  expect(history.split('\n').filter((line) => line.includes('is missing'))).toEqual([]);
  const numbers = numbersIn(history);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}

test(
  'while the API server is away a terminal says so and keeps the input, and afterwards it goes on',
  onBoth,
  async ({ page, cluster, webPod, terminal, distantPod: { proxy } }) => {
    await startAndPrompt(page, terminal);
    await terminal.run('mine=kept');
    await terminal.run(`{ (${untilReleased}; for i in 1 2 3; do echo line $i; done; sleep 1) & }`);

    proxy.down();
    await expect(page.getByRole('tab', { selected: true })).toContainText('reconnecting');
    await expect(page.getByText('attaching again')).toBeVisible();
    await release(cluster, webPod);
    await expectThreeLinesInLog(cluster, webPod);
    await page.keyboard.type('echo $mine-$((6*7))\n');
    proxy.up();
    await expect(page.getByRole('tab', { selected: true })).toContainText('live');
    await terminal.expectText(/^kept-42$/m);
    // The lines of the gap come from the log, once and in their place.
    expect(await linesOf(terminal)).toEqual(['line 1', 'line 2', 'line 3']);
    expect(await terminal.text()).not.toContain('is missing');
    expect(await terminal.run('echo $mine')).toBe('kept');
  },
);

test(
  'the page follows processes again after the API server was away',
  onPractice,
  async ({ page, cluster, distant: { proxy } }) => {
    // High enough for all processes, because the page follows only the visible ones and reads others when it scrolls to them.
    await page.setViewportSize({ width: 1280, height: 3000 });
    await openPod(page, cluster, 'nginx');
    const section = page.getByRole('region', { name: 'Processes' });
    const master = section.getByRole('row').filter({ hasText: 'nginx: master' });
    // A share of CPU is the difference of two readings: only now the page follows the processes.
    await expect(master.getByRole('cell', { name: /\d %$/ })).toBeVisible();
    proxy.down();
    await expect(section.getByRole('alert')).toBeVisible();
    await expect(master).toBeVisible();
    proxy.up();
    await expect(section.getByRole('alert')).toHaveCount(0);
    await expect(master).toBeVisible();
    const sleep = await cluster.shell('nginx', 'shell', 'sleep 100001 >/dev/null 2>&1 & echo $!');
    try {
      await expect(section.getByRole('row').filter({ hasText: 'sleep 100001' })).toBeVisible();
    } finally {
      await cluster.shell('nginx', 'shell', `kill ${sleep}`);
    }
  },
);

test(
  'the last output of a debugger appears, though it came while the API server was away',
  onBoth,
  async ({ page, cluster, webPod, terminal, distantPod: { proxy } }) => {
    await startAndPrompt(page, terminal);
    await page.keyboard.type(`${untilReleased}; echo last-$((6*7)); exit 3\n`);
    await terminal.expectText(/exit 3/);
    proxy.down();
    await expect(page.getByRole('tab', { selected: true })).toContainText('reconnecting');
    await release(cluster, webPod);
    await cluster.until(
      'Pod',
      { name: webPod },
      {
        what: 'the end of the debugger',
        isSo: ([pod]) => pod?.status?.ephemeralContainerStatuses?.[0]?.state?.terminated?.exitCode === 3,
      },
    );
    proxy.up();
    await expect(page.getByText('Ended with exit code 3')).toBeVisible();
    await terminal.expectText(/^last-42$/m);
  },
);

test(
  'when the login has expired a terminal says so, and goes on after the next login',
  onBoth,
  async ({ page, cluster, webPod, terminal, distantPod: { proxy, tokenFile } }) => {
    await startAndPrompt(page, terminal);
    await terminal.run(`{ (${untilReleased}; for i in 1 2 3; do echo line $i; done) & }`);
    const token = readFileSync(tokenFile);
    writeFileSync(tokenFile, 'expired');
    proxy.inject('reset');
    const tab = page.getByRole('tab', { selected: true });
    await expect(tab).toContainText('reconnecting');
    const alert = page.getByRole('region', { name: 'Terminals' }).getByRole('alert');
    await expect(alert).toContainText('can’t be reached');
    await expect(alert).toContainText('does not accept the credentials of user admin');
    await release(cluster, webPod);
    await expectThreeLinesInLog(cluster, webPod);
    writeFileSync(tokenFile, token);
    await expect(tab).toContainText('live');
    await expect(alert).toHaveCount(0);
    await terminal.expectText(/^line 3$/m);
    expect(await linesOf(terminal)).toEqual(['line 1', 'line 2', 'line 3']);
    expect(await terminal.run('echo $((6*7))')).toBe('42');
  },
);

test(
  'numbered output stays whole while connections to the API server are late, stalled, cut, reset and forgotten',
  onBoth,
  async ({ page, terminal, distantPod: { proxy } }) => {
    // The server notices a forgotten connection after two pings without an answer.
    test.setTimeout(150_000);
    const calm = new AbortController();
    try {
      await startAndPrompt(page, terminal);
      await page.keyboard.type(countingEvery(0.05));
      await terminal.expectText(/^number \d+$/m);

      const torment = proxy.torment(['delay', 'bytewise', 'stall', 'cut', 'reset'], 1_500, calm.signal);
      await terminal.expectText(/^number (1[5-9]|[2-9]\d)\d$/m);
      calm.abort();
      await torment;
      await expect(page.getByRole('tab', { selected: true })).toContainText('live');

      // Not by the word "reconnecting": the way is there again at once, so the word may be gone before the story looks.
      proxy.inject('half-open');
      const silentAt = lastNumber(await terminal.text());
      await expect
        .poll(async () => lastNumber(await terminal.text()), { timeout: 60_000 })
        .toBeGreaterThan(Math.max(silentAt + 200, 500));
      const history = await historyAfterInterrupt(page, terminal);
      expect(numbersIn(history).length).toBeGreaterThan(500);
      expectWhole(history);
    } finally {
      calm.abort();
    }
  },
);

test(
  'numbered output stays whole while the API server and the kubelet are killed and started again',
  onKubernetesAlone,
  async ({ podPage: page, cluster, terminal }) => {
    test.skip(cluster.kind !== 'kubernetes', 'only a cluster of many processes can lose one');
    // Both need up to half a minute until they serve again.
    test.setTimeout(150_000);
    await startAndPrompt(page, terminal);
    await page.keyboard.type(countingEvery(0.01));
    await terminal.expectText(/^number \d{3,}$/m);
    const tab = page.getByRole('tab', { selected: true });
    for (const component of ['apiserver', 'kubelet']) {
      await test.step(component, async () => {
        const before = lastNumber(await terminal.text());
        await killAndRestart(clusterFolder, component, () => expect(tab).toContainText('reconnecting'));
        await expect(tab).toContainText('live', { timeout: 45_000 });
        await expect.poll(async () => lastNumber(await terminal.text())).toBeGreaterThan(before + 100);
      });
    }
    expectWhole(await historyAfterInterrupt(page, terminal));
  },
);
