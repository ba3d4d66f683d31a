'use client';

import { useEffect } from 'react';
import { create } from 'zustand';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { askedTerminal, replaceParameters, watchedTerminal } from '../shell/url-state.ts';

interface TerminalStore {
  terminals: TerminalSummary[];
  active: string | undefined;
  /** The one that this page only watches: a link said so. */
  watched: string | undefined;
  /** The terminal of which it is asked whether its process shall end. */
  closing: string | undefined;
  /** Set when somebody asked for a terminal, so that its screen takes the keys; not when a page just shows it. */
  wantsFocus: boolean;
  isCollapsed: boolean;
  /** Share of the window's height. */
  height: number;
  /** Of the terminal that was fitted last: the best guess for the next one. */
  size: { columns: number; rows: number };
  replaceAll(terminals: TerminalSummary[]): void;
  put(terminal: TerminalSummary): void;
  remove(session: string): void;
  show(session: string): void;
  set(
    change: Partial<Pick<TerminalStore, 'watched' | 'closing' | 'wantsFocus' | 'isCollapsed' | 'height' | 'size'>>,
  ): void;
}

export const useTerminalStore = create<TerminalStore>((set) => ({
  terminals: [],
  active: undefined,
  watched: undefined,
  closing: undefined,
  wantsFocus: false,
  isCollapsed: false,
  height: 0.42,
  size: { columns: 120, rows: 30 },
  replaceAll: (terminals) =>
    set(({ active }) => ({
      terminals,
      active: terminals.some((one) => one.session === active) ? active : terminals.at(-1)?.session,
    })),
  put: (terminal) =>
    set(({ terminals, active }) => {
      const isKnown = terminals.some((one) => one.session === terminal.session);
      return {
        terminals: isKnown
          ? terminals.map((one) => (one.session === terminal.session ? terminal : one))
          : [...terminals, terminal],
        active: active ?? terminal.session,
      };
    }),
  remove: (session) =>
    set(({ terminals, active }) => {
      const index = terminals.findIndex((one) => one.session === session);
      const rest = terminals.filter((one) => one.session !== session);
      const neighbour = rest[Math.min(index, rest.length - 1)]?.session;
      return { terminals: rest, active: active === session ? neighbour : active };
    }),
  show: (session) => set({ active: session, isCollapsed: false, wantsFocus: true }),
  set: (change) => set(change),
}));

/** Keeps the store in step with the server; true while there is any terminal. */
export function useTerminals(): boolean {
  const epoch = useConnectionEpoch();
  useEffect(() => {
    const connection = getConnection();
    const { put, remove } = useTerminalStore.getState();
    const stops = [
      connection.listen('terminal:changed', put),
      connection.listen('terminal:closed', ({ session }) => remove(session)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    if (epoch === 0) return;
    getConnection()
      .ask('terminal:list', {})
      .then((terminals) => {
        const { replaceAll, show, set } = useTerminalStore.getState();
        // Before its screen is made, and for as long as this page lives, wherever it goes.
        const watched = watchedTerminal();
        if (watched !== null) set({ watched });
        replaceAll(terminals);
        const asked = askedTerminal();
        if (asked === null) return;
        if (terminals.some(({ session }) => session === asked)) show(asked);
        // Once: who goes on to another terminal must not be brought back by a reconnection.
        replaceParameters({ terminal: undefined });
      })
      .catch(() => {
        // Only a broken connection fails here, and the next one asks again.
      });
  }, [epoch]);
  return useTerminalStore((store) => store.terminals.length > 0);
}
