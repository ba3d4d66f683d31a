import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, followLink, kubectl, openPod, startDebugger, test } from './fixtures.ts';
import { expectNoViolations } from './violations.ts';

test('all namespaces of a node, with the pods that hold them, are those that lsns sees', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  const node = kubectl('-n', 'shop', 'get', 'pod', 'nginx', '-o', 'jsonpath={.spec.nodeName}');
  await openPod(page, 'nginx');
  await followLink(page, 'All its namespaces', `Namespaces of node ${node}`);
  const main = page.getByRole('main');
  const gap = main.getByText('processes could not be read');

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
    await startDebugger(page, {});
    await terminal.expectPrompt();
    const unreadable = unreadableHere();
    if (unreadable === 0) await expect(gap).toHaveCount(0);
    else {
      await expect(gap).toContainText(`${unreadable} of `);
      await expect(main).toContainText('This debugger is privileged already');
    }
  });

  const section = main.getByRole('region', { name: 'Namespaces', exact: true });
  const rows = section.getByRole('row').filter({ has: page.getByRole('cell') });
  await test.step('a list of processes that all containers share is theirs, and the sandbox’s', async () => {
    await section.getByLabel('Filter namespaces').fill('shop/nginx');
    await section.getByLabel('Kind').selectOption('pid');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('pause');
    // Debuggers of other stories may be left in it, by whatever name.
    await expect(rows.getByRole('listitem')).toHaveText(/^shop\/nginx nginx, shell, (\S+, )*sandbox$/);
  });

  await test.step('where they don’t, each has its own', async () => {
    await section.getByLabel('Filter namespaces').fill(webPod);
    await expect(rows.getByRole('listitem')).toHaveText([`shop/${webPod} sandbox`, `shop/${webPod} web`], {
      useInnerText: true,
    });
    await section.getByLabel('Kind').selectOption('net');
    await expect(rows.getByRole('listitem').filter({ has: page.getByRole('link') })).toHaveText(
      `shop/${webPod} web, sandbox`,
    );
  });

  await test.step('the numbers are those of lsns on the machine', async () => {
    // Read at two times: what came or went between is not there when both are read again.
    await expect(async () => {
      await main.getByRole('button', { name: 'Read again' }).click();
      const { namespaces } = await downloadJson(page);
      expect(namespaces.some(({ isOfNode }) => isOfNode)).toBe(true);
      const counts = hostCounts();
      // The machine has processes of its own, and terminals start and end some: pods that do neither are compared.
      const still = namespaces.filter(
        ({ pods, isOfNode }) =>
          !isOfNode && pods.length > 0 && pods.every(({ pod }) => pod === 'nginx' || pod === webPod),
      );
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
});

interface SavedNamespaces {
  namespaces: {
    kind: string;
    inode: number;
    isOfNode: boolean;
    processes: number;
    pods: { pod: string }[];
  }[];
}

async function downloadJson(page: Page): Promise<SavedNamespaces> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('main').getByRole('button', { name: 'JSON' }).click();
  return JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
}

/** Processes of this machine that root may not look into either; a practice cluster's node is a machine of its own. */
function unreadableHere(): number {
  if (process.env['EPHEMERA_TEST_CLUSTER'] !== 'kubernetes') return 0;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
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
function hostCounts(): Map<string, number> {
  const lines = execFileSync('lsns', ['-n', '-r', '-o', 'TYPE,NS,NPROCS'], { encoding: 'utf8' }).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [kind, inode, count] = line.split(' ');
      return [`${kind} ${inode}`, Number(count)];
    }),
  );
}
