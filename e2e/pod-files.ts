import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { StoryCluster } from './clusters/story-cluster.ts';
import { createTemporaryPod } from './clusters/temporary-pod.ts';
import { test as base } from './fixtures.ts';
import { withImages } from './images.ts';
import { podParameters, visit } from './pages.ts';

/** A pod like nginx, with one process list for its containers `nginx`, which has no shell, and `shell`. No debugger is in it. */
export interface SharedPod {
  name: string;
  /** Runs a line of shell in its container `shell`. */
  shell(line: string): Promise<string>;
  /** How many processes of the pod have such a command line. */
  countProcesses(command: RegExp): Promise<number>;
}

export const test = base.extend<{ shared: SharedPod }>({
  shared: async ({ cluster }, use) => {
    await using pod = await createTemporaryPod(cluster, 'shared', {
      shareProcessNamespace: true,
      terminationGracePeriodSeconds: 1,
      containers: [
        { name: 'nginx', image: withImages('localhost/nginx:1') },
        {
          name: 'shell',
          image: 'busybox:1.36',
          stdin: true,
          tty: true,
          securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
        },
      ],
    });
    const shell = (line: string) => cluster.shell(pod.name, 'shell', line);
    const countProcesses = async (command: RegExp) =>
      (await shell('ps ax -o args')).split('\n').filter((line) => command.test(line)).length;
    await use({ name: pod.name, shell, countProcesses });
  },
});

export interface FilePlace {
  pod: string;
  container: string;
  path?: string;
}

/** Opens the page of a container's files by its address. */
export async function openFiles(page: Page, cluster: StoryCluster, place: FilePlace): Promise<void> {
  const { pod, container, path = '/' } = place;
  await visit(page, `/files?${podParameters(cluster, pod, { container, path })}`);
  await page.getByRole('heading', { name: `Files of ${container}` }).waitFor();
}

/** What a click downloads. */
export async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

export interface UploadedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Uploads a file into the folder that is open, as far as the button of the dialog. */
export async function upload(page: Page, file: UploadedFile, { overwrites = false } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Upload' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File', { exact: true }).setInputFiles(file);
  if (overwrites) await dialog.getByLabel('Write over a file of this name').click();
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
}
