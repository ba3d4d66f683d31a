// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual and placed by transform, which tables can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its active row
import { clsx } from 'clsx';
import { Bug } from 'lucide-react';
import type { PodRow } from '#lib/pods.ts';
import { Button } from '../ui/button.tsx';
import { columnClasses, gridTemplate } from './pod-columns.tsx';
import type { SortedPods } from './use-sorted-pods.ts';

/** In pixels: two lines of text on a narrow window. */
export const rowHeight = 44;

export interface PodTableRowProps {
  table: SortedPods;
  row: ReturnType<SortedPods['getRowModel']>['rows'][number];
  /** Its place among the rows, and how many pixels are above it. */
  place: { index: number; start: number };
  isActive: boolean;
  onOpen(pod: PodRow): void;
  onDebug(pod: PodRow): void;
}

export function PodTableRow({ table, row, place, isActive, onOpen, onDebug }: PodTableRowProps) {
  const pod = row.original;
  return (
    <div
      id={`pod-${pod.uid}`}
      role="row"
      aria-rowindex={place.index + 2}
      aria-selected={isActive}
      onClick={() => onOpen(pod)}
      className={clsx(
        'group absolute inset-x-0 grid cursor-pointer items-center border-b border-line/60 px-3 sm:px-4',
        gridTemplate,
        isActive ? 'bg-accent-soft' : 'hover:bg-raised',
        pod.level === 'problem' && 'shadow-[inset_3px_0_0_var(--problem)]',
      )}
      style={{ height: rowHeight, transform: `translateY(${place.start}px)` }}
    >
      {row.getAllCells().map((cell) => (
        <div key={cell.id} role="gridcell" className={clsx('min-w-0 truncate pr-3', columnClasses[cell.column.id])}>
          <table.FlexRender cell={cell} />
        </div>
      ))}
      <div role="gridcell" className="justify-self-end">
        <Button
          size="small"
          tabIndex={-1}
          aria-label={`Debug ${pod.name}`}
          onClick={(event) => {
            event.stopPropagation();
            onDebug(pod);
          }}
        >
          <Bug size={14} className="sm:hidden" aria-hidden />
          <span className="max-sm:hidden">Debug</span>
        </Button>
      </div>
    </div>
  );
}
