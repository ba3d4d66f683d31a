'use client';

import { useEffect } from 'react';
import { create } from 'zustand';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { terminalOfWatchToken } from '#lib/terminal/watch-token.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { askedTerminal, replaceParameters, watchTokenInAddress } from '../shell/url-state.ts';
import { useActionError } from '../ui/action-error-store.ts';

interface TerminalStore {
  terminals: TerminalSummary[];
  active: string | undefined;
  /** The one that this page only watches, because it came by a link that lets it do no more. */
  watched: string | undefined;
  /** What that link has, and the server asks for. */
  watchToken: string | undefined;
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
    change: Partial<
      Pick<TerminalStore, 'watched' | 'watchToken' | 'closing' | 'wantsFocus' | 'isCollapsed' | 'height' | 'size'>
    >,
  ): void;
}

export const useTerminalStore = create<TerminalStore>((set) => ({
  terminals: [],
  active: undefined,
  watched: undefined,
  watchToken: undefined,
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
    const { put, remove, set } = useTerminalStore.getState();
    // Before any screen is made, and for as long as this page lives, wherever it goes.
    const watchToken = watchTokenInAddress();
    if (watchToken !== undefined) set({ watchToken, watched: terminalOfWatchToken(watchToken) });
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
      .ask('terminal:list', { watch: useTerminalStore.getState().watchToken })
      .then((terminals) => {
        const { replaceAll, show } = useTerminalStore.getState();
        replaceAll(terminals);
        const asked = askedTerminal();
        if (asked === undefined) return;
        if (terminals.some(({ session }) => session === asked)) show(asked);
        // Once: who goes on to another terminal must not be brought back by a reconnection.
        replaceParameters({ terminal: undefined });
      })
      .catch((error: unknown) => {
        // After a broken connection the next one asks again.
        if (error instanceof AppError && error.code === 'forbidden')
          useActionError.getState().show('Could not open the link', toWireError(error));
      });
  }, [epoch]);
  return useTerminalStore((store) => store.terminals.length > 0);
}

/** The token to open a terminal with. Undefined: this page may do with it what its caller may. */
export function watchTokenFor(session: string): string | undefined {
  const { watched, watchToken } = useTerminalStore.getState();
  return watched === session ? watchToken : undefined;
}
