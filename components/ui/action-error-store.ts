import { create } from 'zustand';
import type { WireError } from '#lib/protocol/errors.ts';

interface ActionErrorStore {
  failure: { title: string; error: WireError } | undefined;
  show(title: string, error: WireError): void;
  dismiss(): void;
}

/** The last action that failed. It stays until it is dismissed, because a message with a Role must not fade by itself. */
export const useActionError = create<ActionErrorStore>((set) => ({
  failure: undefined,
  show: (title, error) => set({ failure: { title, error } }),
  dismiss: () => set({ failure: undefined }),
}));
