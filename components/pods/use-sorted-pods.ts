import { type SortingState, useTable } from '@tanstack/react-table';
import { useState } from 'react';
import type { PodRow } from '#lib/pods.ts';
import { columns, features } from './pod-columns.tsx';

/** The pods in the order that the user chose. */
export function useSortedPods(pods: PodRow[]) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'status', desc: false }]);
  return useTable({
    features,
    columns,
    data: pods,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: (pod) => pod.uid,
    enableSortingRemoval: false,
  });
}

export type SortedPods = ReturnType<typeof useSortedPods>;
