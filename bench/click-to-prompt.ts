import type { Page } from '@playwright/test';
import { benchNamespace } from './pods.ts';

export const promptTimeoutMs = 20_000;

/** Opens a pod's page and the dialog on it. */
export async function openDialog(page: Page, origin: string, pod: string): Promise<void> {
  await page.goto(`${origin}/pod?${new URLSearchParams({ context: 'admin', namespace: benchNamespace, name: pod })}`);
  await page.getByRole('button', { name: 'Debug d' }).click();
}

/** In the browser: dialog open and filled, then from the click until the prompt stands on the screen. No key is pressed. */
export async function clickToPrompt(page: Page, origin: string, pod: string): Promise<number> {
  await openDialog(page, origin, pod);
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
