'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ClusterList, ContextSummary } from '#lib/clusters.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';

interface ClusterStore {
  list: ClusterList | undefined;
  error: WireError | undefined;
  load(): Promise<void>;
}

export const useClusterStore = create<ClusterStore>((set) => ({
  list: undefined,
  error: undefined,
  async load() {
    try {
      set({ list: await getConnection().ask('cluster:list', {}), error: undefined });
    } catch (error) {
      set({ error: toWireError(error) });
    }
  },
}));

/** Loads the contexts once per connection. */
export function useClusterList(): void {
  const epoch = useConnectionEpoch();
  const load = useClusterStore((store) => store.load);
  useEffect(() => {
    if (epoch > 0) void load();
  }, [epoch, load]);
}

/** The context of this page: from the address, else the kubeconfig's current one. */
export function useContextSummary(): ContextSummary | undefined {
  const asked = useSearchParams().get('context');
  const list = useClusterStore((store) => store.list);
  const name = asked ?? list?.current;
  return list?.contexts.find((context) => context.name === name);
}
