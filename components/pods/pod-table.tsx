// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual and placed by transform, which tables can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its active row
'use client';

import { type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, Bug } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { Button } from '../ui/button.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { columnClasses, columns, features, gridTemplate } from './pod-columns.tsx';

const rowHeight = 44;
/** Rows beyond the visible ones, so that a fast scroll shows no gaps. */
const overscan = 12;

export interface PodTableProps {
  pods: PodRow[];
  onOpen(pod: PodRow): void;
  onDebug(pod: PodRow): void;
}

/** A grid with one tab stop: arrows move, Enter opens, d debugs. */
export function PodTable({ pods, onOpen, onDebug }: PodTableProps) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'status', desc: false }]);
  const table = useTable({
    features,
    columns,
    data: pods,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: (pod) => pod.uid,
    enableSortingRemoval: false,
  });
  const { rows } = table.getRowModel();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan,
  });
  const active = useActiveRow(
    rows.map((row) => row.id),
    (index) => virtualizer.scrollToIndex(index),
  );
  const activePod = rows[active.index]?.original;
  const open = () => activePod && onOpen(activePod);
  const debug = () => activePod && onDebug(activePod);
  useShortcuts({ ...active.shortcuts, Enter: open, d: debug });

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Pods"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={activePod ? `pod-${activePod.uid}` : undefined}
      tabIndex={0}
      className="h-full overflow-auto outline-offset-[-2px]"
    >
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
      <div className="relative" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const pod = row.original;
          const isActive = item.index === active.index;
          return (
            <div
              key={item.key}
              id={`pod-${pod.uid}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={isActive}
              onClick={() => onOpen(pod)}
              className={clsx(
                'group absolute inset-x-0 grid cursor-pointer items-center border-b border-line/60 px-3 sm:px-4',
                gridTemplate,
                isActive ? 'bg-accent-soft' : 'hover:bg-raised',
                pod.level === 'problem' && 'shadow-[inset_3px_0_0_var(--problem)]',
              )}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            >
              {row.getAllCells().map((cell) => (
                <div
                  key={cell.id}
                  role="gridcell"
                  className={clsx('min-w-0 truncate pr-3', columnClasses[cell.column.id])}
                >
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
        })}
      </div>
    </div>
  );
}

/** The row that the keys act on: it is kept by pod, not by place, so that it doesn't change under one's hands. */
function useActiveRow(ids: string[], scrollTo: (index: number) => void) {
  const [activeId, setActiveId] = useState<string>();
  const found = activeId === undefined ? -1 : ids.indexOf(activeId);
  const lastIndex = useRef(0);
  // Where the pod is gone, its place is kept.
  const index = Math.min(found === -1 ? lastIndex.current : found, Math.max(0, ids.length - 1));
  useEffect(() => {
    lastIndex.current = index;
  }, [index]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(ids.length - 1, to));
    setActiveId(ids[next]);
    scrollTo(next);
  };
  const page = 10;
  return {
    index,
    shortcuts: {
      ArrowDown: () => move(index + 1),
      ArrowUp: () => move(index - 1),
      j: () => move(index + 1),
      k: () => move(index - 1),
      PageDown: () => move(index + page),
      PageUp: () => move(index - page),
      Home: () => move(0),
      End: () => move(ids.length - 1),
    },
  };
}
