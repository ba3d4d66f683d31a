import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { alertShown } from '#e2e/alert-shown.ts';
import { openDialog } from './click-to-prompt.ts';
import { benchNamespace } from './pods.ts';

const image = 'registry.invalid/tool:1';
/** A registry's name that is none is found out within a second. */
const failureTimeoutMs = 20_000;

/** From when a `kubectl get events --watch` has the kubelet's word that an image can't be pulled, until it stands on the page, in ms. */
export async function failureTold(page: Page, origin: string, pod: string): Promise<number> {
  const watch = spawn(
    'kubectl',
    [
      `--request-timeout=${failureTimeoutMs}ms`,
      ...['-n', benchNamespace, 'get', 'events', '--watch-only', '-o', 'jsonpath={.message}{"\\n"}'],
      ...['--field-selector', `involvedObject.name=${pod},reason=Failed`],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const known = new Promise<number>((resolve, reject) => {
      createInterface({ input: watch.stdout })
        .on('line', (line) => {
          if (line.startsWith(`Failed to pull image "${image}"`)) resolve(performance.now());
        })
        .on('close', () => reject(new Error('kubectl’s watch ended before the pull had failed')));
    });
    // While the page is led there nobody waits for it.
    known.catch(() => {});
    await openDialog(page, origin, pod);
    await page.getByLabel('Image', { exact: true }).fill(image);
    await page.getByRole('button', { name: 'Start debugger' }).click();
    const shown = alertShown(page, `The node can't pull ${image}`, failureTimeoutMs).then(() => performance.now());
    const [knownAt, shownAt] = await Promise.all([known, shown]);
    return shownAt - knownAt;
  } finally {
    watch.kill();
  }
}
