import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Of the rules for accessible pages (WCAG 2.2, levels A and AA), by axe. `what`: the page, for the message. */
export async function expectNoViolations(page: Page, what: string): Promise<void> {
  // Screens of terminals and recordings are drawn by libraries; for the first, screen reader mode is the accessible form.
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .exclude('.xterm')
    .exclude('.ap-player')
    .analyze();
  const found = violations.map(
    (violation) => `${what}: ${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(found).toEqual([]);
}
