import { createPod, uniqueName } from './clusters/pods.ts';
import { test as base, expect } from './fixtures.ts';
import { openDebugDialog } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

const test = base.extend<{ podOfUser: string }>({
  /** The name of a pod with busybox's sleep, as a user that only the spec names. */
  podOfUser: async ({ cluster }, use) => {
    const name = uniqueName('runs-as-1000');
    try {
      await createPod(cluster, name, {
        terminationGracePeriodSeconds: 0,
        containers: [
          { name: 'app', image: 'busybox:1.36', command: ['sleep', '100000'], securityContext: { runAsUser: 1000 } },
        ],
      });
      await use(name);
    } finally {
      await cluster.deletePod(name);
    }
  },
});

/** What the story tries in the debugger, by the name of the ability. */
const trials = [
  ['processes', '[ "$(cat /proc/1/comm)" = sleep ]'],
  ['signal', 'kill -0 1'],
  ['files', 'ls /proc/1/root/bin'],
] as const;

for (const { profile, user, is } of [
  { profile: 'general', user: '', is: { processes: 'yes', signal: 'yes', files: 'yes', trace: 'yes' } },
  { profile: 'baseline', user: '', is: { processes: 'yes', signal: 'yes', files: 'no', trace: 'no' } },
  { profile: 'restricted', user: '1000', is: { processes: 'yes', signal: 'yes', files: 'yes', trace: 'unknown' } },
  { profile: 'restricted', user: '2000', is: { processes: 'yes', signal: 'no', files: 'no', trace: 'no' } },
  { profile: 'general', user: '2000', is: { processes: 'yes', signal: 'no', files: 'no', trace: 'no' } },
]) {
  test(
    `the predictions for profile ${profile}, user ${user || 'root'}, come true`,
    onBoth,
    async ({ app: page, cluster, podOfUser, terminal }) => {
      const dialog = await openDebugDialog(page, cluster, podOfUser);
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
      for (const [ability, trial] of trials) {
        const said = await terminal.run(`${trial} >/dev/null 2>&1 && echo y""es || echo n""o`);
        expect(said, ability).toBe(is[ability]);
      }
    },
  );
}

test('one click removes each obstacle to an ability', onPractice, async ({ app: page, cluster, podOfUser }) => {
  const dialog = await openDebugDialog(page, cluster, podOfUser);
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
