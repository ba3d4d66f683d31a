import { expect, type Locator, type Page } from '@playwright/test';

export interface ListedProcess {
  pid: number;
  command: string;
  container: string;
  user: string;
  threads: number;
}

/** The processes on a pod's page. */
export class ProcessList {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get table(): Locator {
    return this.#page.getByRole('region', { name: 'Process table' });
  }

  /** The only row with this in its command. */
  row(command: RegExp): Locator {
    return this.table.getByRole('row').filter({ has: this.#page.getByRole('button', { name: command }) });
  }

  /** What stands in the rows now, from one moment. */
  async all(): Promise<ListedProcess[]> {
    // Only what is looked at is read again and again.
    await this.table.scrollIntoViewIfNeeded();
    const rows = await this.table
      .locator('tbody tr')
      .evaluateAll((elements) =>
        elements.map((element) => [...element.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
      );
    return rows.map(([pid = '', command = '', container = '', user = '', , , , threads = '']) => ({
      pid: Number.parseInt(pid, 10),
      command,
      container,
      user,
      threads: Number(threads),
    }));
  }

  async pids(command: RegExp): Promise<number[]> {
    return (await this.all()).filter((one) => command.test(one.command)).map(({ pid }) => pid);
  }

  /** Opens what is told of a process, of this container where others have one alike. */
  async open(command: RegExp, container?: string): Promise<Locator> {
    const row = this.row(command);
    const cell = this.#page.getByRole('cell', { name: container ?? /./, exact: true });
    await (container === undefined ? row : row.filter({ has: cell })).getByRole('button').click();
    const dialog = this.#page.getByRole('dialog');
    await expect(dialog.getByRole('list', { name: 'Arguments' })).toBeVisible();
    return dialog;
  }
}
