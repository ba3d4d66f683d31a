import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, followLink, kubectl, openPod, startDebugger, test } from './fixtures.ts';
import { images } from './images.ts';

test('packets appear as they come, in words, and are downloaded as tcpdump reads them', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openPod(page, webPod);
  await followLink(page, 'Network');
  const section = page.getByRole('region', { name: 'Capture' });

  await test.step('without a shell, and without tcpdump, the page says what to start', async () => {
    const container = section.getByLabel('In container');
    await expect(container).toHaveValue('web');
    await section.getByRole('button', { name: 'Capture' }).click();
    await expect(section.getByRole('alert')).toContainText('web has no shell to run tcpdump by');
    await page.keyboard.press('d');
    await startDebugger(page, { target: '' });
    await terminal.expectPrompt();
    // The debugger that was added last is the one to capture in, once the list of pods has it.
    await expect(container).not.toHaveValue('web');
    // With it the sockets can be read, above this section: they move its button down.
    await page.getByRole('region', { name: 'Listening sockets' }).waitFor();
    await section.getByRole('button', { name: 'Capture' }).click();
    await expect(section.getByRole('alert')).toContainText(/has no tcpdump|may not capture/);
    await section.getByRole('button', { name: 'Start a debugger with tcpdump' }).click();
    await startDebugger(page, { image: images.netshoot, profile: 'netadmin' });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    const tab = page.getByRole('tab', { selected: true });
    await expect(tab).toContainText('live');
    const name = /debugger-\w+/.exec((await tab.getAttribute('title')) ?? '')?.[0] ?? '';
    await expect(section.getByLabel('In container')).toHaveValue(name);
  });

  const other = kubectl('-n', 'shop', 'get', 'pod', webPod, '-o', 'jsonpath={.status.podIP}');
  const fetchPage = () =>
    kubectl('-n', 'shop', 'exec', 'nginx', '-c', 'shell', '--', 'wget', '-qO-', `http://${other}/seen`);
  await section.getByLabel('Filter').fill('tcp port 80');
  await section.getByRole('button', { name: 'Capture' }).click();
  await expect(section).toContainText('Listening: nothing that matches has come yet.');

  const packets = section.getByRole('region', { name: 'Packets' });
  await test.step('what another pod fetches is seen at once', async () => {
    fetchPage();
    await expect(packets.getByRole('row').filter({ hasText: 'GET /seen HTTP/1.1' })).toHaveCount(1);
    await expect(packets.getByRole('row').filter({ hasText: 'SYN' }).first()).toContainText(`${other}:80`);
    await expect(
      packets
        .getByRole('row')
        .filter({ hasText: /HTTP\/1\.[01] \d{3}/ })
        .first(),
    ).toBeVisible();
  });

  await test.step('it is stopped, and nothing of it stays in the container', async () => {
    await section.getByRole('button', { name: 'Stop' }).click();
    await expect(section).toContainText('stopped');
    const name = await section.getByLabel('In container').inputValue();
    await expect
      .poll(() =>
        kubectl('-n', 'shop', 'exec', webPod, '-c', name, '--', 'sh', '-c', 'ps | grep -c "[t]cpdump" || true').trim(),
      )
      .toBe('0');
  });

  await test.step('the file has the packets that are shown', async () => {
    const count = Number((await packets.getByRole('table').getAttribute('aria-rowcount')) ?? 0) - 1;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      section.getByRole('button', { name: 'pcap' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${webPod}.pcap`);
    const path = await file.path();
    expect(readFileSync(path).length).toBeGreaterThan(24);
    // As who ran the tests: root is not who tcpdump becomes, and the file is root's.
    const lines = execFileSync('tcpdump', ['-n', '-Z', 'root', '-r', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(lines.trim().split('\n')).toHaveLength(count);
    expect(lines).toContain(`${other}.80`);
  });

  await test.step('it ends by itself when its time is up', async () => {
    await section.getByLabel('For', { exact: true }).selectOption('10 seconds');
    await section.getByRole('button', { name: 'Capture' }).click();
    await expect(section).toContainText('Listening: nothing that matches has come yet.');
    await expect(section).toContainText('its time is up');
  });

  await test.step('a filter that is none is told in tcpdump’s words', async () => {
    await section.getByLabel('Filter').fill('port nonsense');
    await section.getByRole('button', { name: 'Capture' }).click();
    await expect(section.getByRole('alert')).toContainText(/unknown port|nonsense/);
    await section.getByLabel('Filter').fill('-z id');
    await expect(section.getByRole('button', { name: 'Capture' })).toBeDisabled();
  });
});
