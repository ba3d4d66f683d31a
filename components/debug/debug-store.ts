import { create } from 'zustand';
import type { Profile } from '#lib/debug/profiles.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import type { PodLink } from '../shell/url-state.ts';
import type { DebugForm } from './debug-form.ts';

/** A pod, and what the dialog's fields begin with where somebody has said so. */
export interface AskedDebugger extends PodLink {
  /** All of the fields, where it was asked for before. */
  form?: DebugForm;
  kind?: DebugRequest['kind'];
  target?: string;
  image?: string;
  profile?: Profile;
  command?: string;
}

interface DebugStore {
  /** The pod that the dialog is open for. */
  pod: AskedDebugger | undefined;
  /** What was asked for on this page, by the terminal that came of it. */
  forms: Map<string, AskedDebugger>;
  open(pod: AskedDebugger): void;
  remember(session: string, asked: AskedDebugger): void;
  close(): void;
}

export const useDebugStore = create<DebugStore>((set) => ({
  pod: undefined,
  forms: new Map(),
  remember: (session, asked) => set(({ forms }) => ({ forms: new Map(forms).set(session, asked) })),
  open: (pod) => set({ pod }),
  close: () => set({ pod: undefined }),
}));
