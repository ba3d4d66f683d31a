import type { BrowserContext, Page } from '@playwright/test';

/** A quarter of this machine's speed: a laptop in a meeting, or a CI machine with neighbours. */
const slowdown = 4;
/** Scripts come late, as from a far server, so that what a page draws first stands there without its handlers for a while. */
const scriptDelayMs = 250;

/** Slows all pages of a context: what a story does not wait for comes too late then, and the story fails. */
export async function makeSlow(context: BrowserContext): Promise<void> {
  await context.route('**/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, scriptDelayMs));
    // The page may be gone by now.
    await route.continue().catch(() => {});
  });
  context.on('page', (page) => void slowDown(page));
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}
