// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual and placed by transform, which tables can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its active row
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { columnClasses, gridTemplate } from './pod-columns.tsx';
import type { SortedPods } from './use-sorted-pods.ts';

/** The names of the columns, each a button that sorts by it. */
export function PodTableHead({ table }: { table: SortedPods }) {
  return (
    <div
      role="row"
      className={clsx(
        'sticky top-0 z-10 grid items-center border-b border-line bg-page px-3 text-xs text-muted sm:px-4',
        gridTemplate,
      )}
    >
      {table.getHeaderGroups()[0]?.headers.map((header) => {
        const direction = header.column.getIsSorted();
        return (
          <div
            key={header.id}
            role="columnheader"
            aria-sort={direction === false ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
            className={columnClasses[header.id]}
          >
            <button
              type="button"
              tabIndex={-1}
              onClick={header.column.getToggleSortingHandler()}
              className="flex h-8 max-w-full items-center gap-1 hover:text-text"
            >
              <span className="truncate">
                <table.FlexRender header={header} />
              </span>
              {direction === 'asc' && <ArrowUp size={12} aria-hidden />}
              {direction === 'desc' && <ArrowDown size={12} aria-hidden />}
            </button>
          </div>
        );
      })}
      <div role="columnheader">
        <span className="sr-only">Actions</span>
      </div>
    </div>
  );
}
