import type { Page } from '@playwright/test';
import { readyPods } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { openPods, visit } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

/** The pods of the list as `namespace/name`, from top to bottom. */
async function listed(page: Page): Promise<string[]> {
  const rows = await page
    .getByRole('rowgroup')
    .getByRole('row')
    .evaluateAll((all) =>
      all.map((row) => {
        const [namespace, name] = row.querySelectorAll('[role="gridcell"]');
        const pod = `${namespace?.textContent}/${name?.querySelector('span > span')?.textContent}`;
        return { pod, place: Number(row.getAttribute('aria-rowindex')) };
      }),
    );
  // Their places on the screen are others than those in the page.
  return rows.sort((a, b) => a.place - b.place).map(({ pod }) => pod);
}

test('the list has what kubectl lists, problems first, and follows changes', onBoth, async ({ app: page, cluster }) => {
  // The list draws the rows that fit: so high that all do.
  await page.setViewportSize({ width: 1280, height: 6_000 });
  const rows = page.getByRole('row');
  await test.step('every pod of every namespace', async () => {
    await visit(page, '/');
    await page.getByRole('grid', { name: 'Pods' }).waitFor();
    // Looked at again where they differ: other stories' pods come and go.
    await expect(async () => {
      const all = (await cluster.allPods()).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
      expect((await listed(page)).sort()).toEqual(all.sort());
    }).toPass({ timeout: 15_000 });
  });

  await test.step('problem pods are at the top, in kubectl’s words', async () => {
    await openPods(page, cluster);
    await expect(rows.filter({ hasText: 'crashing' })).toContainText(/CrashLoopBackOff|Error/);
    await expect(rows.filter({ hasText: 'unpullable' })).toContainText(/ErrImagePull|ImagePullBackOff/);
    await expect(rows.filter({ hasText: 'unschedulable' })).toContainText('Pending');
    await expect(rows.filter({ hasText: 'finished' })).toContainText('Completed');
    const problems = ['crashing', 'unpullable', 'unschedulable'];
    const known = [...problems, 'nginx', 'recovered', 'finished'];
    const order = async () =>
      (await listed(page)).map((pod) => pod.replace(/^.*\//, '')).filter((name) => known.includes(name));
    await expect.poll(async () => (await order()).slice(0, problems.length).sort()).toEqual(problems);
    expect((await order()).sort()).toEqual(known.sort());
    await page.getByRole('button', { name: /problems?$/ }).click();
    await expect(page).toHaveURL(/level=problem/);
    await expect(rows.filter({ hasText: 'py-serv' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(rows.filter({ hasText: 'py-serv' })).toHaveCount(1);
  });

  await test.step('a label selector goes to the API server; a wrong one says so', async () => {
    await readyPods(cluster, 'app in (store, nginx)', 3);
    await page.getByLabel('Filter pods').fill('-l app in (store, nginx)');
    await expect(rows).toHaveCount(1 + 3);
    await page.getByLabel('Filter pods').fill('-l app=(');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('unable to parse requirement');
    await page.getByLabel('Filter pods').fill('nothing-has-this-name');
    await expect(page.getByRole('main')).toContainText('No pod matches the filter');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
  });

  await test.step('a pod that is deleted leaves, and its successor comes', async () => {
    const [old = ''] = await readyPods(cluster, 'app=store', 2);
    await expect(rows.filter({ hasText: old })).toHaveCount(1);
    await cluster.deletePod(old);
    await expect(rows.filter({ hasText: old })).toHaveCount(0);
    await expect(rows.filter({ hasText: 'store-' }).filter({ hasText: 'Running' })).toHaveCount(2);
  });
});

test('the keyboard is enough: filter, move, open, go back', onPractice, async ({ pods: page, cluster }) => {
  await readyPods(cluster, 'app=store', 2);
  await page.keyboard.press('/');
  await page.keyboard.type('store');
  await expect(page.getByRole('row')).toHaveCount(1 + 2);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('grid', { name: 'Pods' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const active = page.locator('[role="row"][aria-selected="true"]');
  await expect(active).toContainText('store-');
  const name = /store-[a-z0-9-]+/.exec(await active.innerText())?.[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Pods' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('an empty namespace has words of its own', onPractice, async ({ pods: page }) => {
  await page.getByLabel('Namespace').fill('kube-public');
  await page.getByLabel('Namespace').press('Enter');
  await expect(page.getByRole('main')).toContainText('There are no pods in namespace kube-public');
});
