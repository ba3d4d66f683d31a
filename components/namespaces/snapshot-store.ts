import { create } from 'zustand';
import type { NamespaceSnapshot } from '#lib/namespaces/snapshot.ts';

interface SnapshotStore {
  /** The last snapshot that was kept, of any pod, for as long as the page lives. */
  kept: NamespaceSnapshot | undefined;
  keep(snapshot: NamespaceSnapshot | undefined): void;
}

export const useSnapshotStore = create<SnapshotStore>((set) => ({
  kept: undefined,
  keep: (kept) => set({ kept }),
}));
