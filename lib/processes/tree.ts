import type { ObservedProcess } from './observed-process.ts';

export interface TreeRow<P> {
  process: P;
  /** 0 for those whose parent is not seen. */
  depth: number;
}

/** Each process under its parent, those of one reader together, by pid. Every process comes once, whatever parents it claims. */
export function toTree<P extends Pick<ObservedProcess, 'seenFrom' | 'pid' | 'ppid'>>(processes: P[]): TreeRow<P>[] {
  const sorted = [...processes].sort((a, b) => compare(a.seenFrom, b.seenFrom) || a.pid - b.pid);
  const keyOf = (seenFrom: string, pid: number) => `${seenFrom} ${pid}`;
  const known = new Set(sorted.map(({ seenFrom, pid }) => keyOf(seenFrom, pid)));
  const children = Map.groupBy(sorted, ({ seenFrom, ppid }) => keyOf(seenFrom, ppid));
  const rows: TreeRow<P>[] = [];
  const placed = new Set<P>();
  const place = (root: P) => {
    const stack: TreeRow<P>[] = [{ process: root, depth: 0 }];
    for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
      if (placed.has(row.process)) continue;
      placed.add(row.process);
      rows.push(row);
      const below = children.get(keyOf(row.process.seenFrom, row.process.pid)) ?? [];
      for (const child of [...below].reverse()) stack.push({ process: child, depth: row.depth + 1 });
    }
  };
  for (const process of sorted) if (!known.has(keyOf(process.seenFrom, process.ppid))) place(process);
  // Parents that go round in a circle can't be, but this comes from a container.
  for (const process of sorted) if (!placed.has(process)) place(process);
  return rows;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
