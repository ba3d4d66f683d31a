import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Checks the rules for accessible pages (WCAG 2.2, levels A and AA) with axe, in light and in dark. `what` names the page in the message. */
export async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await showIn(page, colorScheme);
    expect(await violations(page, `${what}, ${colorScheme}`)).toEqual([]);
  }
}

async function violations(page: Page, what: string): Promise<string[]> {
  // Libraries draw the screens of terminals and recordings; the accessible form of a terminal is its screen reader mode.
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .exclude('.xterm')
    .exclude('.ap-player')
    .analyze();
  return found.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Changes the colour scheme of the system, and waits until the page has its final colours. */
async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  // Axe measures the contrast of colours that it finds half-way of a transition.
  await page.evaluate(() => {
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    return Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}
