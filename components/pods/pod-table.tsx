// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual and placed by transform, which tables can't be
'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { PodTableHead } from './pod-table-head.tsx';
import { PodTableRow, rowHeight } from './pod-table-row.tsx';
import { useActiveRow } from './use-active-row.ts';
import { useSortedPods } from './use-sorted-pods.ts';

/** Rows beyond the visible ones, so that a fast scroll shows no gaps. */
const overscan = 12;

export interface PodTableProps {
  pods: PodRow[];
  onOpen(pod: PodRow): void;
  onDebug(pod: PodRow): void;
}

/** The grid is one tab stop: arrows move, Enter opens, d debugs. */
export function PodTable({ pods, onOpen, onDebug }: PodTableProps) {
  const table = useSortedPods(pods);
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
      <PodTableHead table={table} />
      <div className="relative" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <PodTableRow
                key={key}
                table={table}
                row={row}
                place={{ index, start }}
                isActive={index === active.index}
                onOpen={onOpen}
                onDebug={onDebug}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
