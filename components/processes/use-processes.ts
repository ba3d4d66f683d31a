'use client';

import { useRef, useState } from 'react';
import { processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess, ProcessChange } from '#lib/processes/process-detail.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { useWatch } from '../connection/use-watch.ts';
import type { PodLink } from '../links/pod-links.ts';

export interface PodProcesses {
  /** Milliseconds since 1970; 0: not read yet. */
  at: number;
  /** Undefined until the first reading; afterwards the last ones, also while nothing is read. */
  processes: LiveProcess[] | undefined;
  nodeStartedAt: number;
  unlisted: ProcessChange['unlisted'];
  unreadable: ProcessChange['unreadable'];
  state: WatchState;
}

/**
 * Follows the processes of a pod while `isLookedAt`. When `running` becomes another text, all containers are read again.
 */
export function useProcesses(link: PodLink, running: string, isLookedAt: boolean): PodProcesses {
  const rows = useRef(new Map<string, LiveProcess>());
  const [view, setView] = useState<Omit<PodProcesses, 'state'>>({
    at: 0,
    processes: undefined,
    nodeStartedAt: 0,
    unlisted: 0,
    unreadable: [],
  });
  const [state, setState] = useState<WatchState>({ kind: 'loading' });
  const { context, namespace, pod } = link;
  useWatch('processes:watch', isLookedAt && running !== '' ? { context, namespace, pod } : undefined, {
    facts: {
      'processes:changed': ({ at, isWhole, changed, removed, nodeStartedAt, unlisted, unreadable }) => {
        if (isWhole) rows.current.clear();
        for (const key of removed) rows.current.delete(key);
        for (const row of changed) rows.current.set(processKey(row), row);
        setView({ at, processes: [...rows.current.values()], nodeStartedAt, unlisted, unreadable });
      },
    },
    onState: setState,
    again: running,
  });
  return { ...view, state };
}
