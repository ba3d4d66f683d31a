'use client';

import { type Ref, type RefObject, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { useTerminalStore } from '../open-terminals/terminal-store.ts';
import { noNotes, type PaneNotes, TerminalPane } from './terminal-pane.ts';
import { useTerminalSettings } from './terminal-settings.ts';

/** What the dock's toolbar and search do with the terminal in front. */
export interface TerminalHandle {
  focus(): void;
  find(text: string, direction: 'next' | 'previous'): Promise<boolean>;
  selection(): string;
  paste(text: string): void;
}

export interface UseTerminalPaneOptions {
  summary: TerminalSummary;
  isVisible: boolean;
  handle: Ref<TerminalHandle>;
  onLeave(): void;
  onSearch(): void;
}

export interface ShownPane {
  /** The element that the pane draws into. */
  element: RefObject<HTMLDivElement | null>;
  pane: RefObject<TerminalPane | null>;
  notes: PaneNotes;
  changeNotes(change: Partial<PaneNotes>): void;
}

/** Keeps a terminal's pane for as long as the component lives, in step with its properties. */
export function useTerminalPane(options: UseTerminalPaneOptions): ShownPane {
  const { summary, isVisible, handle } = options;
  const { session } = summary;
  const latest = useRef(options);
  latest.current = options;
  const element = useRef<HTMLDivElement>(null);
  const pane = useRef<TerminalPane>(null);
  const [notes, setNotes] = useState<PaneNotes>(noNotes);
  const changeNotes = useCallback((change: Partial<PaneNotes>) => setNotes((before) => ({ ...before, ...change })), []);
  const isReadOnly = useTerminalStore((store) => store.watched === session);
  const settings = useTerminalSettings();
  const wantsFocus = useTerminalStore((store) => store.wantsFocus);
  const epoch = useConnectionEpoch();

  // biome-ignore lint/correctness/useExhaustiveDependencies: settings that change later have an effect of their own
  useEffect(() => {
    if (element.current === null) return;
    const created = new TerminalPane(element.current, {
      session,
      label: `Terminal of ${summary.container}`,
      settings,
      isReadOnly,
      onNotes: changeNotes,
      onLeave: () => latest.current.onLeave(),
      onSearch: () => latest.current.onSearch(),
    });
    pane.current = created;
    return () => created.close();
  }, [session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each session has a pane of its own, to be opened
  useEffect(() => {
    if (epoch > 0) pane.current?.open();
  }, [session, epoch]);
  useEffect(() => pane.current?.apply(settings), [settings]);
  useEffect(() => pane.current?.show(isVisible), [isVisible]);
  useEffect(() => {
    if (!isVisible || !wantsFocus) return;
    pane.current?.focus();
    useTerminalStore.getState().set({ wantsFocus: false });
  }, [isVisible, wantsFocus]);
  useImperativeHandle(handle, () => ({
    focus: () => pane.current?.focus(),
    find: async (text, direction) => (await pane.current?.find(text, direction)) ?? false,
    selection: () => pane.current?.selection ?? '',
    paste: (text) => pane.current?.askAndPaste(text),
  }));
  return { element, pane, notes, changeNotes };
}
