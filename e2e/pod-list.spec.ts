import { expect, kubectl, test } from './fixtures.ts';

test('the list has what kubectl lists, problems first, and follows changes', async ({ pods: page }) => {
  const rows = page.getByRole('row');
  await test.step('every pod of every namespace', async () => {
    // Looked at again where they differ: a pod of another story may just be leaving.
    await expect(async () => {
      const names = kubectl('get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.name}').split(' ');
      for (const name of names) expect(await rows.filter({ hasText: name }).count(), name).toBe(1);
    }).toPass({ timeout: 15_000 });
  });

  await test.step('problem pods are at the top, in kubectl’s words', async () => {
    await expect(rows.nth(1)).toContainText(/CrashLoopBackOff|Error|ErrImagePull|ImagePullBackOff|Pending/);
    await expect(rows.filter({ hasText: 'unpullable' })).toContainText(/ErrImagePull|ImagePullBackOff/);
    await expect(rows.filter({ hasText: 'unschedulable' })).toContainText('Pending');
    await expect(rows.filter({ hasText: 'finished' })).toContainText('Completed');
    await page.getByRole('button', { name: /problems?$/ }).click();
    await expect(page).toHaveURL(/level=problem/);
    await expect(rows.filter({ hasText: 'py-serv' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(rows.filter({ hasText: 'py-serv' })).toHaveCount(1);
  });

  await test.step('a label selector goes to the API server; a wrong one says so', async () => {
    await page.getByLabel('Filter pods').fill('-l app in (store, nginx)');
    await expect(rows).toHaveCount(1 + 3);
    await page.getByLabel('Filter pods').fill('-l app=(');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('unable to parse requirement');
    await page.getByLabel('Filter pods').fill('nothing-has-this-name');
    await expect(page.getByRole('main')).toContainText('No pod matches the filter');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
  });

  await test.step('a pod that is deleted leaves, and its successor comes', async () => {
    const old = kubectl('-n', 'shop', 'get', 'pods', '-l', 'app=store', '-o', 'jsonpath={.items[0].metadata.name}');
    kubectl('-n', 'shop', 'delete', 'pod', old, '--now');
    await expect(rows.filter({ hasText: old })).toHaveCount(0);
    await expect(rows.filter({ hasText: 'store-' }).filter({ hasText: 'Running' })).toHaveCount(2);
  });
});

test('the keyboard is enough: filter, move, open, go back', async ({ pods: page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('store');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('grid', { name: 'Pods' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const active = page.locator('[role="row"][aria-selected="true"]');
  await expect(active).toHaveCount(1);
  const name = /store-\S+/.exec(await active.innerText())?.[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Pods' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('an empty namespace and a lost server have words of their own', async ({ page, pods: _ }) => {
  await page.getByLabel('Namespace').fill('kube-public');
  await page.getByLabel('Namespace').press('Enter');
  await expect(page.getByRole('main')).toContainText('There are no pods in namespace kube-public');
});
