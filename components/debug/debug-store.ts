import { create } from 'zustand';
import type { PodLink } from '../shell/url-state.ts';

interface DebugStore {
  /** The pod that the dialog is open for. */
  pod: (PodLink & { target?: string }) | undefined;
  open(pod: PodLink & { target?: string }): void;
  close(): void;
}

export const useDebugStore = create<DebugStore>((set) => ({
  pod: undefined,
  open: (pod) => set({ pod }),
  close: () => set({ pod: undefined }),
}));
