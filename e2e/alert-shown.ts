import type { Page } from '@playwright/test';

/** Resolves in the frame in which an alert has these words: an assertion of Playwright looks once a second. */
export async function alertShown(page: Page, words: string, timeoutMs: number): Promise<void> {
  await page.waitForFunction(
    (text) => [...document.querySelectorAll('[role="alert"]')].some((one) => one.textContent?.includes(text)),
    words,
    { polling: 'raf', timeout: timeoutMs },
  );
}
