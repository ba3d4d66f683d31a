import type { Level, PodRow } from '#lib/pods.ts';

/**
 * The parts of a filter. All words must be in a pod's namespace, name, status or node. A label selector, written as for
 * kubectl (`-l app=web,tier!=db`), is evaluated by the API server.
 */
export interface PodFilter {
  words: string[];
  selector: string | undefined;
}

export function parsePodFilter(text: string): PodFilter {
  const selector = /(?:^|\s)-l\s*(\S.*)?$/.exec(text);
  const rest = selector === null ? text : text.slice(0, selector.index);
  return {
    words: rest
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
    selector: selector?.[1]?.trim() || undefined,
  };
}

export function matchesWords(row: PodRow, words: string[]): boolean {
  if (words.length === 0) return true;
  const text = `${row.namespace}/${row.name} ${row.status} ${row.node ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function countLevels(rows: Iterable<PodRow>): Record<Level, number> {
  const counts: Record<Level, number> = { ok: 0, pending: 0, problem: 0, done: 0 };
  for (const row of rows) counts[row.level] += 1;
  return counts;
}

const urgency: Record<Level, number> = { problem: 0, pending: 1, ok: 2, done: 3 };

/** Pods that need attention come first; pods of a level are sorted by namespace and name, so that rows keep their places. */
export function compareUrgency(a: PodRow, b: PodRow): number {
  return urgency[a.level] - urgency[b.level] || compareNames(a, b);
}

export function compareNames(a: PodRow, b: PodRow): number {
  return a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name, undefined, { numeric: true });
}
