import { expect, test } from './fixtures.ts';
import { openDebugDialog, openDialog, startDebugger } from './pages.ts';
import { onBoth, onPractice } from './where.ts';

test(
  'the dialog shows variables, a user and a folder as it sends them, and the debugger gets them',
  onBoth,
  async ({ podPage: page, webPod, cluster, terminal }) => {
    const dialog = await openDialog(page);
    const start = dialog.getByRole('button', { name: 'Start debugger' });
    await dialog.getByLabel('Profile').selectOption('restricted');
    await dialog.getByText('More options').click();

    await test.step('the dialog names a mistake while it is typed', async () => {
      const env = dialog.getByLabel('Environment');
      await env.fill('GREETING=it’s "me", a=b\nNOTHING');
      await expect(env).toHaveAccessibleDescription(/Line 2 has no =/);
      await expect(start).toBeDisabled();
      await env.fill('GREETING=it’s "me", a=b\nEMPTY=');
      const custom = dialog.getByLabel('More of the container, in YAML');
      for (const [text, problem] of [
        ['a: [', /at line 1/],
        ['just words', /list of fields, such as workingDir/],
        ['image: other', /image can’t be set here/],
        ['enviroment: []', /no field enviroment/],
      ] as const) {
        await custom.fill(text);
        await expect(custom).toHaveAccessibleDescription(problem);
        await expect(start).toBeDisabled();
      }
      await custom.fill('securityContext: {runAsUser: 1234, runAsGroup: 2345}\nworkingDir: /tmp');
    });

    const yaml = dialog.getByRole('region', { name: 'What is sent, in YAML' });
    await expect(yaml).toContainText('runAsUser: 1234');
    await expect(yaml).toContainText('drop:\n      - ALL');
    await expect(dialog.getByRole('region', { name: 'kubectl command' })).toContainText('--custom <(printf');
    await start.click();
    await terminal.expectPrompt();
    expect(await terminal.run('id -u; id -g; pwd; echo "$GREETING$EMPTY"')).toBe('1234\n2345\n/tmp\nit’s "me", a=b');
    const { spec } = await cluster.get('Pod', webPod);
    expect(spec?.ephemeralContainers?.[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsGroup: 2345,
      runAsNonRoot: true,
      runAsUser: 1234,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  },
);

test('the image’s own program gets the arguments', onPractice, async ({ podPage: page, webPod, cluster }) => {
  const dialog = await openDialog(page);
  await dialog.getByLabel('Command', { exact: true }).fill('-c "exit 7"');
  await dialog.getByText('More options').click();
  await dialog.getByLabel(/Give the command to the image’s own program/).check();
  const yaml = dialog.getByRole('region', { name: 'What is sent, in YAML' });
  await expect(yaml).toContainText('args:\n  - -c\n  - exit 7');
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
  await expect
    .poll(async () => (await cluster.get('Pod', webPod)).spec?.ephemeralContainers?.[0]?.args)
    .toEqual(['-c', 'exit 7']);
});

test('the API server refuses an unknown field of a container by its name', onBoth, async ({ podPage: page }) => {
  const dialog = await openDialog(page);
  await dialog.getByText('More options').click();
  await dialog.getByLabel('More of the container, in YAML').fill('securityContext: {runAsUsr: 1}');
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
  await expect(dialog.getByRole('alert')).toContainText('securityContext.runAsUsr');
});

test('a debugger can mount the volumes of its target, read-only', onBoth, async ({ app: page, cluster, terminal }) => {
  const dialog = await openDebugDialog(page, cluster, 'recovered');
  await dialog.getByLabel(/^As main: its volumes/).click();
  const yaml = dialog.getByLabel('More of the container, in YAML');
  await expect(yaml).toHaveValue(/- name: state\n {4}mountPath: \/state\n {4}readOnly: true/);
  await expect(dialog.getByRole('region', { name: 'What is sent, in YAML' })).toContainText('mountPath: /state');
  await startDebugger(page);
  await terminal.expectPrompt();
  expect(await terminal.run('ls /state; touch /state/x 2>&1 | grep -o "Read-only.*"')).toMatch(
    /^\S+\s+Read-only file system$/,
  );
});
