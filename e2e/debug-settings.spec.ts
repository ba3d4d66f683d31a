import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debuggerStates, expect, openDebugDialog, startDebugger, test } from './fixtures.ts';
import { startServer } from './product.ts';

const settings = `
images:
  - { image: 'busybox:1.36', what: 'the team’s own toolbox' }
onlyListedImages: true
profiles: [baseline, restricted]
kinds: [ephemeral, copy]
idleStopMinutes: 0.1
`;

test('only what an operator lists can be started, and an idle debugger is ended', async ({
  page,
  webPod,
  terminal,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'debug-settings-'));
  const file = join(folder, 'debuggers.yaml');
  writeFileSync(file, settings);
  const server = await startServer({}, ['--debuggers', file]);
  try {
    await page.goto(server.url);
    await page.getByRole('grid', { name: 'Pods' }).waitFor({ timeout: 15_000 });
    const dialog = await openDebugDialog(page, webPod);
    await expect(dialog.getByRole('button', { name: 'busybox' })).toHaveAttribute('title', 'the team’s own toolbox');
    await expect(dialog.getByLabel('Profile').getByRole('option')).toHaveText(['baseline', 'restricted']);
    await expect(dialog.getByRole('radio')).toHaveCount(2);
    await dialog.getByLabel('Image', { exact: true }).fill('alpine:3.22');
    await expect(dialog.getByText('Only these images may be used here: busybox:1.36.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Start debugger' })).toBeDisabled();

    await startDebugger(page, { image: 'busybox:1.36', target: '' });
    await terminal.expectPrompt();
    // Six seconds, by the settings.
    await terminal.expectText(/Nothing was typed or printed for 0\.1 minutes: this debugger is ended/);
    await expect.poll(() => Object.values(debuggerStates(webPod))).toEqual(['terminated']);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
