'use client';

import { useEffect, useState } from 'react';
import type { PodRow } from '#lib/pods.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { withoutUndefined } from '#lib/without-undefined.ts';
import { useSameValue } from '../connection/use-same-value.ts';
import { useWatch } from '../connection/use-watch.ts';

export interface PodScope {
  context: string;
  namespace: string | undefined;
  selector: string | undefined;
}

export interface PodRows {
  /** undefined: the first list has not come yet. */
  rows: ReadonlyMap<string, PodRow> | undefined;
  state: WatchState;
}

const loading: PodRows = { rows: undefined, state: { kind: 'loading' } };

/** The browser's mirror of the server's pod table. */
export function usePodRows(scope: PodScope | undefined): PodRows {
  const [current, setCurrent] = useState<PodRows>(loading);
  const shown = useSameValue(scope);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scope must not show the old rows
  useEffect(() => setCurrent(loading), [shown]);
  useWatch(
    'pods:watch',
    scope && { context: scope.context, ...withoutUndefined({ namespace: scope.namespace, selector: scope.selector }) },
    {
      facts: {
        'pods:snapshot': ({ rows }) =>
          setCurrent((before) => ({ ...before, rows: new Map(rows.map((row) => [row.uid, row])) })),
        'pods:changed': ({ changed, removed }) =>
          setCurrent((before) => {
            const rows = new Map(before.rows);
            for (const uid of removed) rows.delete(uid);
            for (const row of changed) rows.set(row.uid, row);
            return { ...before, rows };
          }),
      },
      onState: (state) => setCurrent((before) => ({ ...before, state })),
    },
  );
  return current;
}
