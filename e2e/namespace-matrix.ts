import type { Locator, Page } from '@playwright/test';

/** The matrix on a pod's page, read by what it shows. */
export class NamespaceMatrix {
  readonly #table: Locator;

  constructor(page: Page) {
    this.#table = page.getByRole('region', { name: 'Namespace matrix' });
  }

  row(kind: string): Locator {
    return this.#table
      .getByRole('row')
      .filter({ has: this.#table.page().getByRole('rowheader', { name: kind, exact: true }) });
  }

  async columns(): Promise<{ name: string; note: string }[]> {
    const heads = await this.#table.getByRole('columnheader').allInnerTexts();
    return heads.slice(1, -1).map((head) => {
      const [name = '', note = ''] = head.split('\n');
      return { name, note };
    });
  }

  async debuggers(): Promise<string[]> {
    return (await this.columns()).map((column) => column.name).filter((name) => name.startsWith('debugger-'));
  }

  async untargetedDebugger(): Promise<string> {
    const found = (await this.columns()).find((column) => column.note === 'no target');
    if (found === undefined) throw new Error('every debugger has a target');
    return found.name;
  }

  /** The inode that was read; undefined while the cell is not read. */
  async inode(kind: string, column: string): Promise<number | undefined> {
    const index = (await this.columns()).findIndex((candidate) => candidate.name === column);
    const text = await this.row(kind).getByRole('cell').nth(index).innerText();
    const inode = /\d{6,}/.exec(text)?.[0];
    return inode === undefined ? undefined : Number(inode);
  }

  /** undefined while one of both is not read. */
  async areShared(kind: string, a: string, b: string): Promise<boolean | undefined> {
    const [first, second] = [await this.inode(kind, a), await this.inode(kind, b)];
    return first === undefined || second === undefined ? undefined : first === second;
  }
}
