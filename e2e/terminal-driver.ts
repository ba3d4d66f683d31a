import { expect, type Locator, type Page } from '@playwright/test';

/** What is drawn changes with a frame: Playwright's own polling, up to a second apart, would be most of a story's time. */
const intervals = [20, 50, 100, 200];

/** The terminal that is in front, driven as a person does: by its keys and by what stands on its screen. */
export class TerminalDriver {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get screen(): Locator {
    return this.#page.locator('.xterm-rows').filter({ visible: true });
  }

  /** Waits until the terminal that was asked for is live and a prompt is the last thing on its screen. Presses nothing. */
  async expectPrompt(): Promise<void> {
    // A dialog closes once its terminal is in front; before, the screen is another's.
    await expect(this.#page.getByRole('dialog')).toHaveCount(0);
    await expect(this.#page.getByRole('tab', { selected: true })).toContainText('live');
    await expect.poll(() => this.text(), { message: 'a prompt', intervals }).toMatch(/[#$] ?$/);
  }

  async expectText(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.text(), { message: String(pattern), intervals }).toMatch(pattern);
  }

  /** Types a command and returns what it printed, once the next prompt is there. */
  async run(command: string): Promise<string> {
    // A mark of its own begins and ends each answer, so that older output can't be taken for it.
    const mark = `m${Math.random().toString(36).slice(2, 8)}`;
    await this.#page.keyboard.type(`clear; ${command}; echo ${mark.slice(0, 3)}""${mark.slice(3)}`);
    await this.#page.keyboard.press('Enter');
    // The text that matched: a moment later it may be another, where a log shows that earlier lines were missed.
    let text = '';
    await expect
      .poll(async () => (text = await this.text()), { message: `the output of ${command}`, intervals })
      .toMatch(new RegExp(`^${mark}\\s*$.*[#$] ?$`, 'ms'));
    return text.slice(0, text.indexOf(`\n${mark}`) === -1 ? text.indexOf(mark) : text.indexOf(`\n${mark}`)).trim();
  }

  /** Pages up until the oldest line that is kept is there; the terminal has the keys. */
  async scrollToTop(): Promise<void> {
    // A busy machine draws late: only after three rounds of many keys is the same text the top.
    for (let same = 0, before = ''; same < 3; ) {
      for (let i = 0; i < 50; i++) await this.#page.keyboard.press('Shift+PageUp');
      await this.#drawn();
      const shown = await this.text();
      same = shown === before ? same + 1 : 0;
      before = shown;
    }
  }

  /** All lines that are kept, each once, from the oldest on; the terminal shows its end, rests, and has the keys. */
  async history(): Promise<string[]> {
    const end = await this.text();
    await this.scrollToTop();
    let shown = await this.text();
    const lines = shown.split('\n');
    while (shown !== end) {
      const before = shown;
      await this.#page.keyboard.press('Shift+PageDown');
      // Before the end, each page is another.
      await expect.poll(() => this.text(), { message: 'the next page', intervals }).not.toBe(before);
      shown = await this.text();
      const page = shown.split('\n');
      lines.push(...page.slice(overlap(lines, page)));
    }
    return lines;
  }

  /** What a key has changed is drawn with the next frame; a frame after that it stands there. */
  async #drawn(): Promise<void> {
    await this.#page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** The lines of the screen, without the blanks that fill them. */
  async text(): Promise<string> {
    const rows = await this.screen.locator('> div').allTextContents();
    return rows
      .map((row) => row.replaceAll(' ', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }
}

/** How many of the first lines of `page` are the last of `lines`. */
function overlap(lines: string[], page: string[]): number {
  for (let count = Math.min(lines.length, page.length); count > 0; count--) {
    if (lines.slice(-count).join('\n') === page.slice(0, count).join('\n')) return count;
  }
  return 0;
}
