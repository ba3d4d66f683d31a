import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { images } from './images.ts';
import { NamespaceMatrix } from './namespace-matrix.ts';
import { followLink, openDialog, openPod, startDebugger } from './pages.ts';
import { download, openFiles, test, upload } from './pod-files.ts';
import { onBoth, onPractice } from './where.ts';

/** Where stories put files into the container `shell`. */
const folder = '/tmp/story';

/** The root of another container as `shell` sees it, through which the page reads that container's files. */
async function rootSeenFromShell(page: Page): Promise<string> {
  const reader = page.getByText('Read through');
  await expect(reader).toContainText(/\/proc\/\d+\/root in shell/);
  return /\/proc\/\d+\/root/.exec((await reader.textContent()) ?? '')?.[0] ?? '';
}

test(
  'files of a container without a shell are read below its process’s root, and links stay in it',
  onBoth,
  async ({ app: page, cluster, shared }) => {
    const openPath = (path: string) => openFiles(page, cluster, { pod: shared.name, container: 'nginx', path });
    await openPod(page, cluster, shared.name);
    await followLink(page, 'Files of nginx');
    const root = await rootSeenFromShell(page);
    const entries = page.getByRole('region', { name: 'Entries' });

    await test.step('browse by keyboard, read a file, go back', async () => {
      await entries.getByRole('link', { name: 'etc', exact: false }).first().click();
      await entries.getByRole('link', { name: 'nginx/' }).click();
      await entries.getByRole('link', { name: 'nginx.conf' }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('log')).toContainText('# The configuration of nginx');
      await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'etc' }).click();
      await expect(entries.getByRole('link', { name: 'nginx/' })).toBeVisible();
    });

    await test.step('an absolute link leads to the container’s own file, not to the reader’s', async () => {
      await shared.shell(
        `cd ${root}/etc/nginx; ln -s /etc/nginx/nginx.conf absolute; ln -s ../../../../../../etc/nginx/nginx.conf upwards`,
      );
      for (const name of ['absolute', 'upwards']) {
        await openPath(`/etc/nginx/${name}`);
        await expect(page.getByRole('log')).toContainText('# The configuration of nginx');
        await expect(page.getByRole('navigation', { name: 'Path' })).toContainText('nginx.conf');
      }
    });

    await test.step('a missing file and a device are named as such', async () => {
      await openPath('/etc/nothing');
      await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no /etc/nothing');
      await openPath('/dev/zero');
      await expect(page.getByText('This is a device, not a file with content')).toBeVisible();
    });
  },
);

test(
  'files with strange names are listed, read, found and downloaded',
  onBoth,
  async ({ app: page, cluster, shared }) => {
    await shared.shell(
      `mkdir -p ${folder}/sub; cd ${folder}; printf 'one\\ntwo\\n' > 'two words'; printf x > "$(printf 'line\\nend')"; printf y > '$(touch pwned)'; printf 'z' > "$(printf 'caf\\303\\251 \\377')"; printf 'a\\0b' > sub/binary`,
    );
    await openFiles(page, cluster, { pod: shared.name, container: 'shell', path: folder });
    const entries = page.getByRole('region', { name: 'Entries' });

    await test.step('each name is there, and none is run', async () => {
      for (const name of ['two words', 'line\\nend', '$(touch pwned)', 'café �'])
        await expect(entries.getByRole('link', { name, exact: true })).toBeVisible();
      await entries.getByRole('link', { name: '$(touch pwned)' }).click();
      await expect(page.getByRole('log')).toContainText('y');
      expect(await shared.shell(`ls ${folder}`)).not.toMatch(/^pwned$/m);
      await page.goBack();
      await entries.getByRole('link', { name: 'café �' }).click();
      const { content } = await download(page, () => page.getByRole('link', { name: 'Download', exact: true }).click());
      expect(content.toString()).toBe('z');
      await page.goBack();
    });

    await test.step('names are found below', async () => {
      await page.getByLabel('Filter names').fill('BINARY');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('region', { name: 'Found' }).getByRole('link')).toHaveText([`${folder}/sub/binary`]);
      await page.getByLabel('Filter names').fill('');
    });

    await test.step('a folder comes as tar', async () => {
      const { name, content } = await download(page, () => page.getByRole('link', { name: 'Download as tar' }).click());
      expect(name).toBe('story.tar');
      expect(content.toString('latin1')).toContain('./story/two words');
      expect(content.toString('latin1')).toContain('one\ntwo\n');
    });

    await test.step('a binary file is shown as hex', async () => {
      await entries.getByRole('link', { name: 'sub/' }).click();
      await entries.getByRole('link', { name: 'binary' }).click();
      await expect(page.getByRole('log')).toContainText('61 00 62');
      await page.getByRole('button', { name: 'As text' }).click();
      await expect(page.getByRole('log')).not.toContainText('61 00 62');
      await expect(page.getByRole('log')).toContainText('a');
    });
  },
);

test('reading a file leaves no process in the container', onBoth, async ({ app: page, cluster, shared }) => {
  await shared.shell(`mkdir ${folder}; seq 0 19 > ${folder}/grows; truncate -s 200M ${folder}/large`);
  const openPath = (path: string) => openFiles(page, cluster, { pod: shared.name, container: 'shell', path });

  await test.step('a file that grows is followed, until another page is opened', async () => {
    await openPath(`${folder}/grows`);
    await page.getByLabel('Follow its end').click();
    await expect(page.getByRole('log')).toContainText('19');
    await shared.shell(`echo appended-later >> ${folder}/grows`);
    await expect(page.getByRole('log')).toContainText('appended-later');
    const followers = () => shared.countProcesses(/^tail -c/);
    await expect.poll(followers).toBe(1);
    await page.getByRole('link', { name: 'Up' }).click();
    await expect.poll(followers).toBe(0);
  });

  await test.step('a download is given up', async () => {
    await openPath(`${folder}/large`);
    const href = await page.getByRole('link', { name: 'Download', exact: true }).getAttribute('href');
    await page.evaluate(async (address) => {
      const giveUp = new AbortController();
      const response = await fetch(address, { signal: giveUp.signal });
      await response.body?.getReader().read();
      Object.assign(window, { giveUpDownload: () => giveUp.abort() });
    }, href ?? '');
    const senders = () => shared.countProcesses(/^cat .*large/);
    await expect.poll(senders).toBe(1);
    await page.evaluate(() => Reflect.get(window, 'giveUpDownload')());
    await expect.poll(senders).toBe(0);
  });
});

test(
  'an upload arrives as it was, and does not write over an existing file unasked',
  onBoth,
  async ({ app: page, cluster, shared }) => {
    await shared.shell(`mkdir ${folder}`);
    await openFiles(page, cluster, { pod: shared.name, container: 'shell', path: folder });
    const buffer = Buffer.from([0, 1, 2, 255, 10, 13]);
    const file = { name: 'new ü.bin', mimeType: 'text/plain', buffer };
    const entry = page.getByRole('region', { name: 'Entries' }).getByRole('link', { name: file.name });
    await upload(page, file);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(entry).toBeVisible();
    const bytes = (await shared.shell(`od -An -v -tu1 '${folder}/${file.name}'`)).trim().split(/\s+/);
    expect(bytes).toEqual([...buffer].map(String));
    await upload(page, file);
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('is there already');
    await page.keyboard.press('Escape');
    await upload(page, file, { overwrites: true });
    await expect(page.getByRole('dialog')).toHaveCount(0);
  },
);

test(
  'without a way to read a container’s files the page offers a debugger, unless one may read them',
  onBoth,
  async ({ podPage: page, cluster, webPod, terminal }) => {
    const unreadable = page.getByText('The files of web can’t be read yet');
    await openFiles(page, cluster, { pod: webPod, container: 'web' });
    await expect(unreadable).toBeVisible();

    await test.step('a debugger of another user may not open its root', async () => {
      await openPod(page, cluster, webPod);
      await openDialog(page);
      await startDebugger(page, { image: images.toolboxAsUser, target: 'web', profile: 'baseline' });
      await terminal.expectPrompt();
      // Once the debugger's own namespaces stand beside those of `web`, each reading of the pod includes the debugger.
      await expect(new NamespaceMatrix(page).row('pid').getByRole('cell').nth(1)).toContainText(/\d{6}/);
      await openFiles(page, cluster, { pod: webPod, container: 'web' });
      await expect(unreadable).toBeVisible();
    });

    await test.step('the button starts one that may', async () => {
      await page.getByRole('button', { name: 'Debug web with SYS_PTRACE' }).click();
      await startDebugger(page);
      await terminal.expectPrompt();
      await expect(page.getByText(/\/proc\/1\/root in debugger-/)).toBeVisible();
      await expect(
        page.getByRole('region', { name: 'Entries' }).getByRole('link', { name: 'web', exact: true }),
      ).toBeVisible();
    });
  },
);

test('a file that gives nothing is given up by going back', onPractice, async ({ app: page, cluster }) => {
  // A volume whose server is away does the same: a reader waits for ever.
  await page.route('**/files/stream?**', () => undefined);
  await openFiles(page, cluster, { pod: 'nginx', container: 'shell', path: '/etc' });
  const entries = page.getByRole('region', { name: 'Entries' });
  await entries.getByRole('link', { name: 'passwd', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing has come yet' })).toBeVisible();
  await page.goBack();
  await expect(entries).toBeVisible();
});
