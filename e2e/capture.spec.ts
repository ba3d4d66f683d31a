import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { podAddress } from './clusters/pods.ts';
import { expect, test } from './fixtures.ts';
import { images } from './images.ts';
import { followLink, openDialog, startDebugger } from './pages.ts';
import { onBoth } from './where.ts';

test(
  'the page shows packets in words as they come, and tcpdump reads the downloaded file',
  onBoth,
  async ({ podPage: page, webPod, cluster, terminal }) => {
    await followLink(page, 'Network');
    const section = page.getByRole('region', { name: 'Capture' });

    await test.step('where a shell or tcpdump is missing, the page offers a debugger', async () => {
      const container = section.getByLabel('In container');
      await expect(container).toHaveValue('web');
      await section.getByRole('button', { name: 'Capture' }).click();
      await expect(section.getByRole('alert')).toContainText('web has no shell to run tcpdump by');
      await openDialog(page);
      await startDebugger(page, { target: '' });
      await terminal.expectPrompt();
      // Once the page knows the newest debugger, it suggests to capture there.
      await expect(container).not.toHaveValue('web');
      // The debugger can read the sockets. They appear above this section and move its button down.
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

    const address = await podAddress(cluster, webPod);
    await section.getByLabel('Filter').fill('tcp port 80');
    await section.getByRole('button', { name: 'Capture' }).click();
    await expect(section).toContainText('Listening: nothing that matches has come yet.');

    const packets = section.getByRole('region', { name: 'Packets' });
    await test.step('the request of another pod appears at once', async () => {
      await cluster.shell('nginx', 'shell', `wget -qO- http://${address}/seen`);
      await expect(packets.getByRole('row').filter({ hasText: 'GET /seen HTTP/1.1' })).toHaveCount(1);
      await expect(packets.getByRole('row').filter({ hasText: 'SYN' }).first()).toContainText(`${address}:80`);
      await expect(
        packets
          .getByRole('row')
          .filter({ hasText: /HTTP\/1\.[01] \d{3}/ })
          .first(),
      ).toBeVisible();
    });

    await test.step('after a stop no tcpdump runs in the container', async () => {
      await section.getByRole('button', { name: 'Stop' }).click();
      await expect(section).toContainText('stopped');
      const name = await section.getByLabel('In container').inputValue();
      await expect
        .poll(async () => (await cluster.shell(webPod, name, 'ps | grep -c "[t]cpdump" || true')).trim())
        .toBe('0');
    });

    await test.step('the file contains the packets of the page', async () => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        section.getByRole('button', { name: 'pcap' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`${webPod}.pcap`);
      const path = await file.path();
      expect(readFileSync(path).length).toBeGreaterThan(24);
      // tcpdump stays root, because the file is root's.
      const lines = execFileSync('tcpdump', ['-n', '-Z', 'root', '-r', path], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const rowsAndHead = lines.trim().split('\n').length + 1;
      await expect(packets.getByRole('table')).toHaveAttribute('aria-rowcount', String(rowsAndHead));
      expect(lines).toContain(`${address}.80`);
    });

    await test.step('it ends by itself when its time is up', async () => {
      await section.getByLabel('For', { exact: true }).selectOption('10 seconds');
      await section.getByRole('button', { name: 'Capture' }).click();
      await expect(section).toContainText('Listening: nothing that matches has come yet.');
      // Ten seconds, and as long again as any assertion waits.
      await expect(section).toContainText('its time is up', { timeout: 25_000 });
    });

    await test.step('tcpdump’s words explain an invalid filter', async () => {
      await section.getByLabel('Filter').fill('port nonsense');
      await section.getByRole('button', { name: 'Capture' }).click();
      await expect(section.getByRole('alert')).toContainText(/unknown port|nonsense/);
      await section.getByLabel('Filter').fill('-z id');
      await expect(section.getByRole('button', { name: 'Capture' })).toBeDisabled();
    });
  },
);
