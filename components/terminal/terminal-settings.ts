'use client';

import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ThemeName } from './terminal-themes.ts';

/** How this browser draws terminals; `auto`: by WebGL where a graphics card does it. */
export type RendererChoice = 'auto' | 'webgl' | 'dom';

export interface TerminalSettings {
  fontSize: number;
  theme: ThemeName;
  renderer: RendererChoice;
  isScreenReaderMode: boolean;
  /** What is selected is on the clipboard at once. */
  copiesOnSelect: boolean;
  /** Asks before several lines are pasted into a program that would run them one by one. */
  asksBeforePaste: boolean;
}

interface SettingsStore extends TerminalSettings {
  set(change: Partial<TerminalSettings>): void;
}

/** Below 8 px nothing can be read, above 32 no 80 columns fit. */
export const fontSizes = { least: 8, most: 32 };

/** What this browser's user has chosen, for all terminals; kept by the browser. */
export const useTerminalSettings = create<SettingsStore>()(
  persist(
    (set) => ({
      fontSize: 13,
      theme: 'dark',
      renderer: 'auto',
      isScreenReaderMode: false,
      copiesOnSelect: false,
      asksBeforePaste: true,
      set: (change) => set(change),
    }),
    { name: 'ephemera.terminal' },
  ),
);
