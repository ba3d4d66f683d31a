import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debuggerStates } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { openDebugDialog, startDebugger } from './pages.ts';
import { startServer } from './product.ts';
import { onPractice } from './where.ts';

const settings = `
images:
  - { image: 'busybox:1.36', what: 'the team’s own toolbox' }
onlyListedImages: true
profiles: [baseline, restricted]
kinds: [ephemeral, copy]
idleStopMinutes: 0.1
`;

test(
  'only debuggers that an operator lists can be started, and an idle one is ended',
  onPractice,
  async ({ page, cluster, webPod, terminal }) => {
    const folder = mkdtempSync(join(tmpdir(), 'debug-settings-'));
    try {
      const file = join(folder, 'debuggers.yaml');
      writeFileSync(file, settings);
      const server = await startServer({}, ['--debuggers', file]);
      try {
        await page.goto(server.url);
        await page.getByRole('grid', { name: 'Pods' }).waitFor({ timeout: 15_000 });
        const dialog = await openDebugDialog(page, cluster, webPod);
        await expect(dialog.getByRole('button', { name: 'busybox' })).toHaveAttribute(
          'title',
          'the team’s own toolbox',
        );
        await expect(dialog.getByLabel('Profile').getByRole('option')).toHaveText(['baseline', 'restricted']);
        await expect(dialog.getByRole('radio')).toHaveCount(2);
        await dialog.getByLabel('Image', { exact: true }).fill('alpine:3.22');
        await expect(dialog.getByText('Only these images may be used here: busybox:1.36.')).toBeVisible();
        await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();

        await startDebugger(page, { image: 'busybox:1.36', target: '' });
        // Six seconds after its prompt, by the settings.
        await terminal.expectText(/[#$] ?[\s\S]*Nothing was typed or printed for 0\.1 minutes: this debugger is ended/);
        await expect.poll(async () => Object.values(await debuggerStates(cluster, webPod))).toEqual(['terminated']);
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
