import type { Page } from '@playwright/test';
import { debuggerStates, expect, followLink, kubectl, openPod, startDebugger, test } from './fixtures.ts';

/** The states of a pod's debuggers, by name. */
function applicationOf(pod: string): string {
  return kubectl('-n', 'shop', 'get', 'pod', pod, '-o', 'jsonpath={.status.containerStatuses[0]}');
}

async function endCurrent(page: Page): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Terminal' })
    .getByRole('button', { name: /^Close / })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a debugger is ended by its own process, whatever runs in it, and the application it targets goes on', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openPod(page, webPod);
  const tabs = page.getByRole('region', { name: 'Terminals' }).getByRole('tab');
  const application = applicationOf(webPod);

  await test.step('beside its target', async () => {
    await page.keyboard.press('d');
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    await page.keyboard.type('sleep 1000\n');
    await endCurrent(page);
    await expect(tabs).toHaveCount(0);
    expect(Object.values(debuggerStates(webPod))).toEqual(['terminated']);
  });

  await test.step('alone, where it is process 1', async () => {
    await page.keyboard.press('d');
    await startDebugger(page, { target: '' });
    await terminal.expectPrompt();
    expect(await terminal.run('echo $$')).toBe('1');
    await page.keyboard.type('trap "" HUP INT; sleep 1000\n');
    await endCurrent(page);
    expect(Object.values(debuggerStates(webPod))).toEqual(['terminated', 'terminated']);
  });

  await test.step('a shell beside others', async () => {
    await page.keyboard.press('d');
    await startDebugger(page, { target: 'web' });
    await terminal.expectPrompt();
    await page.getByRole('button', { name: /^Shell in debugger-/ }).click();
    await expect(tabs).toHaveCount(2);
    await terminal.expectPrompt();
    await page.keyboard.type('sleep 1234\n');
    await endCurrent(page);
    await expect(tabs).toHaveCount(1);
    await page.getByRole('textbox', { name: /Terminal of/ }).focus();
    // The bracket keeps grep's own command line out of what it finds.
    expect(await terminal.run('ps -o args | grep -c "[s]leep 1234"; ps -o args | grep -c "[s]h -s"')).toBe('0\n0');
  });

  await test.step('and what was left is listed, opened again and ended', async () => {
    await page.getByRole('tab', { selected: true }).press('Delete');
    await page.getByRole('button', { name: 'Leave it running' }).click();
    await expect(tabs).toHaveCount(0);
    await followLink(page, 'Debuggers');
    const item = page.getByRole('listitem').filter({ hasText: webPod });
    await expect(item).toContainText('no terminal here');
    await item.getByRole('button', { name: /^Open / }).click();
    await terminal.expectPrompt();
    await expect(item).toContainText('1 page looks', { timeout: 15_000 });
    await item.getByRole('button', { name: /^End / }).click();
    await expect(item).toHaveCount(0);
    await expect(page.getByText(/^Ended/)).toBeVisible();
    expect(new Set(Object.values(debuggerStates(webPod)))).toEqual(new Set(['terminated']));
  });
  expect(applicationOf(webPod)).toBe(application);
});

test('the application’s own process is never ended by closing its terminal', async ({ pods: page }) => {
  await openPod(page, 'nginx');
  const shellContainer = () =>
    /"name":"shell".*/.exec(
      kubectl('-n', 'shop', 'get', 'pod', 'nginx', '-o', 'jsonpath={.status.containerStatuses}'),
    )?.[0];
  const before = shellContainer();
  expect(before).toContain('running');
  await page.getByRole('button', { name: 'Attach to shell' }).click();
  await expect(page.getByRole('tab', { selected: true })).toContainText('live');
  await page.getByRole('tab', { selected: true }).press('Delete');
  await expect(page.getByRole('region', { name: 'Terminals' })).toHaveCount(0);
  expect(shellContainer()).toBe(before);
});
