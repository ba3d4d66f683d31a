import type { NamespaceCell, NamespaceRow } from './compare.ts';
import { kindMeaning } from './kinds.ts';
import { sandboxColumn } from './observation.ts';

/** The sentence under a row: who shares with whom, and why. */
export function explainRow(row: NamespaceRow): string {
  const groups = groupColumns(row.cells);
  const sentences = [describeGroups(row, groups), ...explainRules(row.cells)];
  for (const [a, b] of row.surprises) {
    sentences.push(`Unexpected: the rules say otherwise for ${columnName(a)} and ${columnName(b)}.`);
  }
  return sentences.join(' ');
}

/** The rule, once where it is the same for all; else each with the containers that it is about. */
function explainRules(cells: NamespaceCell[]): string[] {
  const byRule = new Map<string, string[]>();
  for (const { column, predicted } of cells)
    byRule.set(predicted.why, [...(byRule.get(predicted.why) ?? []), columnName(column)]);
  if (byRule.size === 1) return [...byRule.keys()];
  return [...byRule].map(([why, names]) => `${joinNames(names)}: ${why.charAt(0).toLowerCase()}${why.slice(1)}`);
}

export function columnName(column: string): string {
  return column === sandboxColumn ? 'the sandbox' : column;
}

/** Columns by group: as read where anything was, else as predicted. */
function groupColumns(cells: NamespaceCell[]): string[][] {
  const groups = new Map<string, string[]>();
  const anyRead = cells.some((cell) => cell.observed.kind === 'read');
  for (const cell of cells) {
    const key = anyRead ? (cell.observed.kind === 'read' ? cell.observed.group : undefined) : cell.predictedGroup;
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), columnName(cell.column)]);
  }
  return [...groups.values()];
}

function describeGroups(row: NamespaceRow, groups: string[][]): string {
  const meaning = kindMeaning[row.kind];
  const shared = groups.filter((group) => group.length > 1);
  if (groups.length === 1 && shared.length === 1) return `Shared by all (${meaning}).`;
  if (shared.length === 0)
    return groups.length > 1 ? `Nobody shares (${meaning}).` : `Only one to compare (${meaning}).`;
  return `Shared by ${shared.map(joinNames).join('; and by ')} (${meaning}).`;
}

/** More names than this are a list, not a sentence. */
const maxNames = 4;

function joinNames(names: string[]): string {
  if (names.length > maxNames)
    return `${names.slice(0, maxNames - 1).join(', ')} and ${names.length - maxNames + 1} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
