'use client';

import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ThemeName } from './terminal-themes.ts';

/** How this browser draws terminals. `auto`: with WebGL where there is a graphics card. */
export type RendererChoice = 'auto' | 'webgl' | 'dom';

export interface TerminalSettings {
  fontSize: number;
  theme: ThemeName;
  renderer: RendererChoice;
  isScreenReaderMode: boolean;
  /** Copies selected text to the clipboard at once. */
  copiesOnSelect: boolean;
  /** Asks before several lines are pasted into a program that would run them one by one. */
  asksBeforePaste: boolean;
}

interface SettingsStore extends TerminalSettings {
  set(change: Partial<TerminalSettings>): void;
}

/** In pixels. Below 8 nothing can be read; above 32 most windows have no room for 80 columns. */
export const fontSizes = { least: 8, most: 32 };

/** The user's choices for all terminals in this browser. The browser keeps them. */
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
