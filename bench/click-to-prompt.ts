import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { images } from '#e2e/images.ts';

export const promptTimeoutMs = 20_000;

export const kubectl = (...words: string[]) => execFileSync('kubectl', words, { encoding: 'utf8' });

/** A ready pod like the tests' web server. */
export function makePod(name: string): string {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { 'made-by': 'bench' } },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'web', image: images.web }] },
  };
  execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(pod) });
  kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
  return name;
}

export function removePods(): void {
  kubectl('-n', 'shop', 'delete', 'pods', '-l', 'made-by=bench', '--now', '--wait=true');
}

/** In the browser: dialog open and filled, then from the click until the prompt stands on the screen. No key is pressed. */
export async function clickToPrompt(page: Page, origin: string, pod: string): Promise<number> {
  await page.goto(`${origin}/pod?${new URLSearchParams({ context: 'admin', namespace: 'shop', name: pod })}`);
  await page.getByRole('button', { name: 'Debug d' }).click();
  await page.getByLabel('Target container').selectOption('web');
  const start = page.getByRole('button', { name: 'Start debugger' });
  await start.waitFor();
  // Measured inside the page, so that the driver's own pace is left out.
  const elapsed = await page.evaluate(async (timeoutMs) => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Start debugger');
    const begin = performance.now();
    button?.click();
    while (performance.now() - begin < timeoutMs) {
      const rows = [...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent?.trim() ?? '');
      if (rows.some((row) => /^\/ #$/.test(row))) return performance.now() - begin;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return Number.NaN;
  }, promptTimeoutMs);
  await page.getByRole('textbox', { name: /Terminal of/ }).focus();
  await page.keyboard.type('exit\n');
  await page.getByText(/^Ended/).waitFor();
  await page.getByRole('button', { name: /^Close debugger|^Close shell/ }).click();
  return elapsed;
}
