import { create } from 'zustand';
import type { Profile } from '#lib/debug/profiles.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import type { PodLink } from '../links/pod-links.ts';
import type { DebugForm } from './debug-form.ts';

/** A pod to debug, and values for the dialog's fields to begin with. */
export interface AskedDebugger extends PodLink {
  /** All fields of a debugger that was started before, to start another like it. */
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
  /** The forms of debuggers that this page has started, by the session of their terminal. */
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
