import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, followLink, kubectl, onOneCluster, openPod, startDebugger, test } from './fixtures.ts';
import { images } from './images.ts';

/** Runs a shell's words in a container of the pod nginx. */
function inShell(words: string): string {
  return kubectl('-n', 'shop', 'exec', 'nginx', '-c', 'shell', '--', 'sh', '-c', words);
}

async function openFiles(page: Page, pod: string, container: string, path = '/'): Promise<void> {
  const query = new URLSearchParams({ context: 'admin', namespace: 'shop', name: pod, container, path });
  await page.goto(`${new URL(page.url()).origin}/files?${query}`);
  await page.getByRole('heading', { name: `Files of ${container}` }).waitFor();
}

/**
 * Has the files read through the container `shell`, and returns the root that it sees them below. Where debuggers of others are in the pod,
 * there is a choice.
 */
async function readThroughShell(page: Page): Promise<string> {
  const words = /\/proc\/\d+\/root in shell/;
  const choice = page.getByLabel('Read through');
  await expect(page.getByText('Read through')).toContainText(words);
  const found = words.exec((await page.getByText('Read through').textContent()) ?? '')?.[0] ?? '';
  if (await choice.isVisible()) await choice.selectOption(found);
  return found.replace(' in shell', '');
}

/** What a click downloads. */
async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

test('files of a container without a shell are read below its process’s root, and links stay in it', async ({
  pods: page,
}) => {
  await openPod(page, 'nginx');
  await followLink(page, 'Files of nginx');
  const root = await readThroughShell(page);
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
    inShell(
      `ln -sf /etc/nginx/nginx.conf ${root}/etc/nginx/absolute; ln -sf ../../../../../../etc/nginx/nginx.conf ${root}/etc/nginx/upwards`,
    );
    for (const name of ['absolute', 'upwards']) {
      await openFiles(page, 'nginx', 'nginx', `/etc/nginx/${name}`);
      await expect(page.getByRole('log')).toContainText('# The configuration of nginx');
      await expect(page.getByRole('navigation', { name: 'Path' })).toContainText('nginx.conf');
    }
    inShell(`rm ${root}/etc/nginx/absolute ${root}/etc/nginx/upwards`);
  });

  await test.step('what is not there, or is no file, says so', async () => {
    await openFiles(page, 'nginx', 'nginx', '/etc/nothing');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no /etc/nothing');
    await openFiles(page, 'nginx', 'nginx', '/dev/zero');
    await expect(page.getByText('This is a device, not a file with content')).toBeVisible();
  });
});

test('files with strange names are listed, read, followed, found, downloaded and uploaded', async ({ pods: page }) => {
  const folder = '/tmp/story';
  inShell(
    `rm -rf ${folder}; mkdir -p ${folder}/sub; cd ${folder}; printf 'one\\ntwo\\n' > 'two words'; printf x > "$(printf 'line\\nend')"; printf y > '$(touch pwned)'; printf 'z' > "$(printf 'caf\\303\\251 \\377')"; printf 'a\\0b' > sub/binary; i=0; while [ $i -lt 20 ]; do echo $i; i=$((i+1)); done > grows`,
  );
  await openFiles(page, 'nginx', 'shell', folder);
  const entries = page.getByRole('region', { name: 'Entries' });

  await test.step('each name is there, and none is run', async () => {
    for (const name of ['two words', 'line\\nend', '$(touch pwned)', 'café �'])
      await expect(entries.getByRole('link', { name, exact: true })).toBeVisible();
    await entries.getByRole('link', { name: '$(touch pwned)' }).click();
    await expect(page.getByRole('log')).toContainText('y');
    expect(inShell(`ls ${folder}`)).not.toMatch(/^pwned$/m);
    await page.goBack();
    await entries.getByRole('link', { name: 'café �' }).click();
    const { content } = await download(page, () => page.getByRole('link', { name: 'Download', exact: true }).click());
    expect(content.toString()).toBe('z');
    await page.goBack();
  });

  await test.step('what is no text is shown as hex', async () => {
    await entries.getByRole('link', { name: 'sub/' }).click();
    await entries.getByRole('link', { name: 'binary' }).click();
    await expect(page.getByRole('log')).toContainText('61 00 62');
    await page.getByRole('button', { name: 'As text' }).click();
    await expect(page.getByRole('log')).toContainText('a');
  });

  await test.step('a file that grows is followed, and nothing stays in the container', async () => {
    await openFiles(page, 'nginx', 'shell', `${folder}/grows`);
    await page.getByLabel('Follow its end').click();
    await expect(page.getByRole('log')).toContainText('19');
    inShell(`echo appended-later >> ${folder}/grows`);
    await expect(page.getByRole('log')).toContainText('appended-later');
    const followers = () => inShell('ps ax -o args').match(/^tail -c/gm)?.length ?? 0;
    expect(followers()).toBe(1);
    await page.getByRole('link', { name: 'Up' }).click();
    await expect.poll(followers).toBe(0);
  });

  await test.step('a download that is given up leaves nothing in the container', async () => {
    inShell(`truncate -s 200M ${folder}/large`);
    await openFiles(page, 'nginx', 'shell', `${folder}/large`);
    const href = await page.getByRole('link', { name: 'Download', exact: true }).getAttribute('href');
    await page.evaluate(async (address) => {
      const giveUp = new AbortController();
      const response = await fetch(address, { signal: giveUp.signal });
      await response.body?.getReader().read();
      giveUp.abort();
    }, href ?? '');
    await expect.poll(() => inShell('ps ax -o args').match(/^cat .*large/gm)?.length ?? 0).toBe(0);
    inShell(`rm ${folder}/large`);
    await page.getByRole('link', { name: 'Up' }).click();
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

  await test.step('an upload arrives as it was, and does not write over what is there unasked', async () => {
    const buffer = Buffer.from([0, 1, 2, 255, 10, 13]);
    const upload = async (overwrites: boolean) => {
      await page.getByRole('button', { name: 'Upload' }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByLabel('File', { exact: true })
        .setInputFiles({ name: 'new ü.bin', mimeType: 'text/plain', buffer });
      if (overwrites) await dialog.getByLabel('Write over a file of this name').click();
      await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
      return dialog;
    };
    await upload(false);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(entries.getByRole('link', { name: 'new ü.bin' })).toBeVisible();
    expect(inShell(`od -An -v -tu1 '${folder}/new ü.bin'`).trim().split(/\s+/)).toEqual([...buffer].map(String));
    const dialog = await upload(false);
    await expect(dialog.getByRole('alert')).toContainText('is there already');
    await page.keyboard.press('Escape');
    await upload(true);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
  inShell(`rm -rf ${folder}`);
});

test('without a way to read a container’s files the page offers one, and says what a weaker one lacks', async ({
  pods: page,
  webPod,
  terminal,
}) => {
  await openFiles(page, webPod, 'web');
  await expect(page.getByText('The files of web can’t be read yet')).toBeVisible();

  await test.step('a debugger of another user may not open its root', async () => {
    await openPod(page, webPod);
    await page.keyboard.press('d');
    await startDebugger(page, { image: images.toolboxAsUser, target: 'web', profile: 'baseline' });
    await terminal.expectPrompt();
    await openFiles(page, webPod, 'web');
    await expect(page.getByText('The files of web can’t be read yet')).toBeVisible();
  });

  await test.step('the button starts one that may', async () => {
    await page.getByRole('button', { name: 'Debug web with SYS_PTRACE' }).click();
    await startDebugger(page, {});
    await terminal.expectPrompt();
    await expect(page.getByText(/\/proc\/1\/root in debugger-/)).toBeVisible();
    await expect(
      page.getByRole('region', { name: 'Entries' }).getByRole('link', { name: 'web', exact: true }),
    ).toBeVisible();
  });
});

test('a file that gives nothing is given up by going back', onOneCluster, async ({ pods: page }) => {
  // As a volume does whose server is away: a reader waits for ever.
  await page.route('**/files/stream?**', () => undefined);
  await openFiles(page, 'nginx', 'shell', '/etc');
  const entries = page.getByRole('region', { name: 'Entries' });
  await entries.getByRole('link', { name: 'passwd', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing has come yet' })).toBeVisible();
  await page.goBack();
  await expect(entries).toBeVisible();
});
