import { type Kind, matches } from './target.ts';

/**
 * Lists with spaces between: `#lib` is a folder with all below it, `#lib/json.ts` a file, `zod` a package with all inside it,
 * `node:` all of Node.
 */
export interface Row {
  /** Another row, which holds for this one too. */
  readonly extends?: string;
  readonly imports?: string;
  /** Types alone, because the compiler removes them. */
  readonly types?: string;
  /** What only unit tests import. */
  readonly tests?: string;
}

/**
 * By folder with all below it, or `folder/*` for the files directly in it. The longest that fits a file is its row. A row that
 * is only there for others to extend has words for a name.
 */
export type Table = Readonly<Record<string, Row>>;

interface Entry {
  readonly row: string;
  readonly list: 'imports' | 'types' | 'tests';
  readonly target: string;
}

/** The row that holds for every unit test beside the row of its folder. */
const everyTest = '**/*.test.ts';

/** Holds imports against the table, and remembers which parts of the table they used. */
export class ImportRules {
  readonly #table: Table;
  readonly #used = new Set<string>();

  constructor(table: Table) {
    this.#table = table;
  }

  /** Returns why the import is refused, or undefined where it is allowed. */
  refuse(file: string, target: string, kind: Kind): string | undefined {
    const row = this.#rowOf(file);
    if (row === undefined) return 'is in no row of scripts/import-rules.ts';
    const entries = this.#entriesOf(row);
    if (isTest(file)) entries.push(...this.#entriesOf(everyTest));
    if (target.startsWith('#') && this.#rowOf(target.slice(1)) === row) return undefined;
    const matching = entries.filter((entry) => matches(entry.target, target));
    // The narrowest list first: what a wider one allows without need is unused, and found.
    const allowing =
      (isTest(file) && matching.find(({ list }) => list === 'tests')) ||
      (kind === 'type' && matching.find(({ list }) => list === 'types')) ||
      matching.find(({ list }) => list === 'imports');
    if (!allowing) return `is of ${row}, which may not import ${kind === 'type' ? 'types of ' : ''}${target}`;
    const isWider = allowing.list === 'imports' && (isTest(file) || kind === 'type');
    if (!isWider) this.#used.add(nameOf(allowing));
    return undefined;
  }

  /** Rows without a file and entries without an import. They are errors, because readers believe the table. */
  unused(): string[] {
    const entries = Object.keys(this.#table).flatMap((row) => this.#listedIn(row).map(nameOf));
    return [...Object.keys(this.#table), ...entries].filter((each) => !this.#used.has(each));
  }

  #entriesOf(row: string): Entry[] {
    this.#used.add(row);
    const base = this.#table[row]?.extends;
    return [...this.#listedIn(row), ...(base === undefined ? [] : this.#entriesOf(base))];
  }

  #listedIn(row: string): Entry[] {
    const lists = ['imports', 'types', 'tests'] as const;
    return lists.flatMap((list) =>
      (this.#table[row]?.[list]?.match(/\S+/g) ?? []).map((target) => ({ row, list, target })),
    );
  }

  #rowOf(file: string): string | undefined {
    const files = `${folderOf(file)}/*`.replace(/^\//, '');
    if (files in this.#table) return files;
    for (let path = file; path !== ''; path = folderOf(path)) {
      if (path in this.#table) return path;
    }
    return undefined;
  }
}

function nameOf({ row, list, target }: Entry): string {
  return `${row}, ${list}: ${target}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}
