import { createObject, expect, kubectl, openDebugDialog, test } from './fixtures.ts';

const name = 'runs-as-1000';
/** busybox's sleep, as a user that only the spec names. */
const manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      { name: 'app', image: 'busybox:1.36', command: ['sleep', '100000'], securityContext: { runAsUser: 1000 } },
    ],
  },
};

test.beforeAll(() => {
  createObject(manifest);
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
});
test.afterAll(() => {
  kubectl('-n', 'shop', 'delete', 'pod', name, '--now', '--wait=false');
});

/** What is tried in the debugger, by the name of the ability. */
const trials = {
  processes: '[ "$(cat /proc/1/comm)" = sleep ]',
  signal: 'kill -0 1',
  files: 'ls /proc/1/root/bin',
};

for (const { profile, user, is } of [
  { profile: 'general', user: '', is: { processes: 'yes', signal: 'yes', files: 'yes', trace: 'yes' } },
  { profile: 'baseline', user: '', is: { processes: 'yes', signal: 'yes', files: 'no', trace: 'no' } },
  { profile: 'restricted', user: '1000', is: { processes: 'yes', signal: 'yes', files: 'yes', trace: 'unknown' } },
  { profile: 'restricted', user: '2000', is: { processes: 'yes', signal: 'no', files: 'no', trace: 'no' } },
  { profile: 'general', user: '2000', is: { processes: 'yes', signal: 'no', files: 'no', trace: 'no' } },
]) {
  test(`what is foretold for profile ${profile}, user ${user || 'root'}, is so`, async ({ pods: page, terminal }) => {
    const dialog = await openDebugDialog(page, name);
    await dialog.getByLabel('Profile').selectOption(profile);
    if (user !== '') {
      await dialog.getByText('More options').click();
      await dialog.getByLabel('Run as user').fill(user);
    }
    for (const [ability, expected] of Object.entries(is)) {
      await expect(dialog.locator(`[data-ability="${ability}"]`)).toHaveAttribute('data-is', expected);
    }
    await dialog.getByRole('button', { name: 'Start debugger' }).click();
    await terminal.expectPrompt();
    for (const [ability, trial] of Object.entries(trials)) {
      const said = await terminal.run(`${trial} >/dev/null 2>&1 && echo y""es || echo n""o`);
      expect(said, ability).toBe(is[ability as keyof typeof is]);
    }
  });
}

test('what stands in the way is taken away by a click', async ({ pods: page }) => {
  const dialog = await openDebugDialog(page, name);
  const card = dialog.getByRole('list', { name: 'What it will be able to do' });
  await dialog.getByLabel('Target container').selectOption('');
  await expect(card.locator('[data-ability="processes"]')).toHaveAttribute('data-is', 'no');
  await card.locator('[data-ability="processes"]').getByRole('button', { name: 'Target app' }).click();
  await expect(dialog.getByLabel('Target container')).toHaveValue('app');
  await dialog.getByLabel('Profile').selectOption('baseline');
  await card.locator('[data-ability="files"]').getByRole('button', { name: 'Use profile general' }).click();
  await expect(card.locator('[data-ability="files"]')).toHaveAttribute('data-is', 'yes');
  await dialog.getByText('More options').click();
  await dialog.getByLabel('Run as user').fill('2000');
  await card.locator('[data-ability="files"]').getByRole('button', { name: 'Run it as user 1000' }).click();
  await expect(dialog.getByLabel('Run as user')).toHaveValue('1000');
  await expect(card.locator('[data-ability="files"]')).toHaveAttribute('data-is', 'yes');
});
