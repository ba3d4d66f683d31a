'use client';

import { useRef, useState } from 'react';
import { processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess, ProcessChange } from '#lib/processes/process-detail.ts';
import type { WatchState } from '#lib/watch-state.ts';
import { useWatch } from '../connection/use-watch.ts';
import type { PodLink } from '../shell/url-state.ts';

export interface PodProcesses {
  /** Milliseconds since 1970; 0: not read yet. */
  at: number;
  /** Undefined until they were read once; the last ones while nobody reads. */
  processes: LiveProcess[] | undefined;
  nodeStartedAt: number;
  unlisted: ProcessChange['unlisted'];
  unreadable: ProcessChange['unreadable'];
  state: WatchState;
}

/**
 * The processes of a pod, as they change, while `isLookedAt`; read from all containers again when `running` becomes
 * another text.
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
  useWatch(
    'processes:watch',
    isLookedAt && running !== '' ? { context, namespace, pod } : undefined,
    {
      facts: {
        'processes:changed': ({ at, isWhole, changed, removed, nodeStartedAt, unlisted, unreadable }) => {
          if (isWhole) rows.current.clear();
          for (const key of removed) rows.current.delete(key);
          for (const row of changed) rows.current.set(processKey(row), row);
          setView({ at, processes: [...rows.current.values()], nodeStartedAt, unlisted, unreadable });
        },
      },
      onState: setState,
    },
    running,
  );
  return { ...view, state };
}
