'use client';

import { clsx } from 'clsx';
import { TriangleAlert } from 'lucide-react';
import type { NamespaceCell, NamespaceMatrix, NamespaceRow } from '#lib/namespaces/compare.ts';
import { explainRow } from '#lib/namespaces/explain.ts';
import { type ObservationSource, sandboxColumn } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { groupStyle } from './group-style.ts';

export interface MatrixTableProps {
  pod: PodDetail;
  matrix: NamespaceMatrix;
}

/** A row for each kind of namespace; a column for each container, and for the sandbox where it was read. */
export function MatrixTable({ pod, matrix }: MatrixTableProps) {
  return (
    <ScrollRegion label="Namespace matrix" className="relative overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-[1] bg-surface px-3 py-2 text-left text-xs font-normal text-muted sm:px-4"
            >
              Kind
            </th>
            {matrix.columns.map((column) => (
              <th key={column.name} scope="col" className="px-2 py-2 text-left align-bottom font-normal">
                <ColumnHead pod={pod} name={column.name} source={column.source} />
              </th>
            ))}
            <th
              scope="col"
              className="hidden w-[38%] px-3 py-2 text-left align-bottom text-xs font-normal text-muted lg:table-cell"
            >
              Who shares, and why
            </th>
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row) => (
            <MatrixRow key={row.kind} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function ColumnHead({ pod, name, source }: { pod: PodDetail; name: string; source: ObservationSource | undefined }) {
  const container = pod.containers.find((candidate) => candidate.name === name);
  const kind =
    name === sandboxColumn
      ? 'pause'
      : container?.kind === 'ephemeral'
        ? container.target
          ? `target ${container.target}`
          : 'no target'
        : (container?.kind ?? '');
  return (
    <span className="block max-w-44">
      <span className="block truncate font-medium" title={name}>
        {name === sandboxColumn ? 'sandbox' : name}
      </span>
      <span className="block truncate text-xs text-muted" title={describeSource(source)}>
        {kind}
      </span>
    </span>
  );
}

function describeSource(source: ObservationSource | undefined): string {
  switch (source?.kind) {
    case undefined:
      return 'Not read yet';
    case 'exec':
      return `Read by a shell in ${source.container}`;
    case 'process':
      return `Read from process ${source.pid}, as seen from ${source.seenFrom}`;
    case 'unreadable':
      return source.why;
  }
}

function MatrixRow({ row }: { row: NamespaceRow }) {
  const sentence = explainRow(row);
  const isSurprising = row.surprises.length > 0;
  const surprised = new Set(row.surprises.flat());
  return (
    <>
      <tr className="border-t border-line" data-kind={row.kind}>
        <th scope="row" className="sticky left-0 z-[1] bg-surface px-3 py-1.5 text-left font-mono font-medium sm:px-4">
          {row.kind}
        </th>
        {row.cells.map((cell) => (
          <td key={cell.column} className="px-2 py-1.5">
            <Cell cell={cell} isSurprising={surprised.has(cell.column)} />
          </td>
        ))}
        <td className={clsx('hidden px-3 py-1.5 text-xs lg:table-cell', isSurprising ? 'text-problem' : 'text-muted')}>
          {sentence}
        </td>
      </tr>
      <tr className="lg:hidden">
        <td
          colSpan={row.cells.length + 1}
          className={clsx('px-3 pb-2 text-xs sm:px-4', isSurprising ? 'text-problem' : 'text-muted')}
        >
          <span className="sticky left-3 block max-w-[calc(100vw-3.5rem)]">{sentence}</span>
        </td>
      </tr>
    </>
  );
}

function Cell({ cell, isSurprising }: { cell: NamespaceCell; isSurprising: boolean }) {
  const { observed, predicted, predictedGroup } = cell;
  if (observed.kind === 'read') {
    return (
      <span className="inline-flex items-center gap-1.5" title={predicted.why}>
        <Letter group={observed.group} isRead />
        <span className="text-xs text-muted tabular-nums">{observed.inode}</span>
        {isSurprising && (
          <span className="text-problem" title="Differs from what the kubelet’s rules say">
            <TriangleAlert size={14} aria-hidden />
            <span className="sr-only">differs from the rules</span>
          </span>
        )}
      </span>
    );
  }
  const why = observed.kind === 'unread' ? `${observed.why} ${observed.next}` : 'Not read yet.';
  return (
    <span className="inline-flex items-center gap-1.5" title={`${why} ${predicted.why}`}>
      <Letter group={predictedGroup} isRead={false} />
      <span className="text-xs text-muted">{observed.kind === 'unread' ? 'not readable' : 'rule'}</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}

export function Letter({ group, isRead }: { group: string; isRead: boolean }) {
  return (
    <span
      className={clsx(
        'inline-flex h-6 min-w-6 items-center justify-center rounded px-1 text-xs font-bold',
        !isRead && 'border border-dashed border-current bg-transparent!',
      )}
      style={groupStyle(group)}
      data-group={group}
    >
      {group}
    </span>
  );
}
