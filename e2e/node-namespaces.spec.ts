import { readFileSync, readlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { expect, test } from './fixtures.ts';
import { allPids, printed } from './node-processes.ts';
import { followLink, openPod, startDebugger } from './pages.ts';
import { expectNoViolations } from './violations.ts';
import { onBothAlone } from './where.ts';

test.afterEach(async ({ cluster }) => {
  const debuggers = await cluster.list('Pod', { labels: 'ephemera/debugger=node' });
  for (const { metadata } of debuggers) await cluster.deletePod(metadata?.name ?? '');
});

test(
  'all namespaces of a node, with the pods that hold them, are those that lsns sees',
  onBothAlone,
  async ({ app: page, cluster, webPod, terminal }) => {
    test.skip(cluster.kind === 'given', 'the node is another machine');
    const { namespace } = cluster;
    const { spec } = await cluster.get('Pod', 'nginx');
    await openPod(page, cluster, 'nginx');
    await followLink(page, 'All its namespaces', `Namespaces of node ${spec?.nodeName}`);
    const main = page.getByRole('main');
    const gap = main.getByText('processes could not be read');
    const readAgain = () => main.getByRole('button', { name: 'Read again' }).click();

    await test.step('without a debugger on the node it offers one; a weak one says what it lacks', async () => {
      await expect(main).toContainText('No debugger runs on this node');
      await page.keyboard.press('d');
      await startDebugger(page, { profile: 'general' });
      await terminal.expectPrompt();
      await expect(gap).toBeVisible();
    });

    await test.step('one with all capabilities reads all', async () => {
      await main.getByRole('button', { name: 'Debug the node' }).click();
      await expect(page.getByRole('dialog').getByLabel('Profile')).toHaveValue('sysadmin');
      await startDebugger(page);
      await terminal.expectPrompt();
      // Processes of the machine come and go between this reading and the page's: both are read again where they differ.
      await expect(async () => {
        await readAgain();
        const unreadable = unreadableHere(cluster);
        if (unreadable === 0) return expect(gap).toHaveCount(0, { timeout: 3_000 });
        await expect(gap).toContainText(`${unreadable} of `, { timeout: 3_000 });
        await expect(main).toContainText('This debugger is privileged already', { timeout: 3_000 });
      }).toPass({ timeout: 15_000 });
    });

    const section = main.getByRole('region', { name: 'Namespaces', exact: true });
    const rows = section.getByRole('row').filter({ has: page.getByRole('cell') });
    await test.step('a list of processes that all containers share is theirs, and the sandbox’s', async () => {
      await section.getByLabel('Filter namespaces').fill(`${namespace}/nginx`);
      await section.getByLabel('Kind').selectOption('pid');
      await expect(rows).toHaveCount(1);
      await expect(rows).toContainText('pause');
      // Debuggers of other stories may be left in it, by whatever name.
      await expect(rows.getByRole('listitem')).toHaveText(
        new RegExp(`^${namespace}/nginx nginx, shell, (\\S+, )*sandbox$`),
      );
    });

    await test.step('where they don’t, each has its own', async () => {
      await section.getByLabel('Filter namespaces').fill(webPod);
      await expect(rows.getByRole('listitem')).toHaveText(
        [`${namespace}/${webPod} sandbox`, `${namespace}/${webPod} web`],
        { useInnerText: true },
      );
      await section.getByLabel('Kind').selectOption('net');
      await expect(rows.getByRole('listitem').filter({ has: page.getByRole('link') })).toHaveText(
        `${namespace}/${webPod} web, sandbox`,
      );
    });

    await test.step('the numbers are those of lsns on the machine', async () => {
      // Read at two times: both are read again where something came or went between.
      await expect(async () => {
        await readAgain();
        const { namespaces } = await downloadJson(page);
        expect(namespaces.some(({ isOfNode }) => isOfNode)).toBe(true);
        const counts = await hostCounts();
        // The machine has processes of its own, and terminals start and end some: pods that do neither are compared.
        const isStill = (holder: SavedHolder) =>
          holder.namespace === namespace && ['nginx', webPod].includes(holder.pod);
        const still = namespaces.filter(({ pods, isOfNode }) => !isOfNode && pods.length > 0 && pods.every(isStill));
        expect(still.length).toBeGreaterThan(8);
        expect(still.map(({ kind, inode, processes }) => `${kind} ${inode} ${processes}`)).toEqual(
          still.map(({ kind, inode }) => `${kind} ${inode} ${counts.get(`${kind} ${inode}`)}`),
        );
      }).toPass({ timeout: 15_000 });
    });

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoViolations(page, `node, ${colorScheme}`);
    }

    await test.step('a pod’s name leads to it', async () => {
      await rows.getByRole('link', { name: webPod }).click();
      await page.getByRole('heading', { name: webPod, level: 1 }).waitFor();
    });
    for (let left = 2; left > 0; left--) {
      await page.getByRole('tab', { selected: true }).press('Delete');
      await page.getByRole('button', { name: 'End it' }).click();
      await expect(page.getByRole('tab')).toHaveCount(left - 1);
    }
  },
);

interface SavedHolder {
  namespace: string;
  pod: string;
}

interface SavedNamespaces {
  namespaces: {
    kind: string;
    inode: number;
    isOfNode: boolean;
    processes: number;
    pods: SavedHolder[];
  }[];
}

async function downloadJson(page: Page): Promise<SavedNamespaces> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('main').getByRole('button', { name: 'JSON' }).click();
  return JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
}

/** Processes of this machine that root may not look into either; a practice cluster's node is a machine of its own. */
function unreadableHere(cluster: StoryCluster): number {
  if (cluster.kind !== 'kubernetes') return 0;
  return allPids().filter((pid) => {
    try {
      readlinkSync(`/proc/${pid}/ns/net`);
      return false;
    } catch (error) {
      // The others have ended since.
      return (error as NodeJS.ErrnoException).code === 'EACCES';
    }
  }).length;
}

/** How many processes lsns counts in each namespace of this machine. */
async function hostCounts(): Promise<Map<string, number>> {
  const lines = (await printed('lsns', '-n', '-r', '-o', 'TYPE,NS,NPROCS')).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [kind, inode, count] = line.split(' ');
      return [`${kind} ${inode}`, Number(count)];
    }),
  );
}
