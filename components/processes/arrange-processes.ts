import { commandOf } from '#lib/processes/observed-process.ts';
import type { LiveProcess } from '#lib/processes/process-detail.ts';
import { type TreeRow, toTree } from '#lib/processes/tree.ts';
import { containerName } from '../ui/container-name.ts';

export const orders = [
  { value: 'tree', label: 'as a tree' },
  { value: 'cpu', label: 'by CPU' },
  { value: 'memory', label: 'by memory' },
] as const;
export type Order = (typeof orders)[number]['value'];

/** The rows of the table: the processes with this text, in this order. */
export function arrangeProcesses(processes: LiveProcess[], order: Order, text: string): TreeRow<LiveProcess>[] {
  const wanted = text.trim().toLowerCase();
  const rows =
    order === 'tree'
      ? toTree(processes)
      : [...processes]
          .sort((a, b) => amount(b, order) - amount(a, order) || a.pid - b.pid)
          .map((process) => ({ process, depth: 0 }));
  return wanted === '' ? rows : rows.filter(({ process }) => hasText(process, wanted));
}

function amount({ cpuPercent, residentKiB }: LiveProcess, order: 'cpu' | 'memory'): number {
  return (order === 'cpu' ? cpuPercent : residentKiB) ?? 0;
}

function hasText(process: LiveProcess, wanted: string): boolean {
  const user = process.uid === 0 ? 'root' : String(process.uid);
  return (
    commandOf(process).toLowerCase().includes(wanted) ||
    containerName(process.container).includes(wanted) ||
    user === wanted ||
    String(process.pid) === wanted
  );
}
