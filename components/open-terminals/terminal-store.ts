'use client';

import { useEffect } from 'react';
import { create } from 'zustand';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { terminalOfWatchToken } from '#lib/terminal/watch-token.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
import { askedTerminal, watchTokenInAddress } from '../links/pod-links.ts';
import { replaceParameters } from '../links/replace-parameters.ts';
import { useActionError } from '../ui/action-error-store.ts';

interface TerminalStore {
  terminals: TerminalSummary[];
  active: string | undefined;
  /** The terminal that this page may only watch, because it was opened by a watching link. */
  watched: string | undefined;
  /** The token of that link, which the server asks for. */
  watchToken: string | undefined;
  /** The terminal that the user is closing, while the dialog asks about its process. */
  closing: string | undefined;
  /** The screen in front shall take the keys, because the user asked for its terminal. */
  wantsFocus: boolean;
  isCollapsed: boolean;
  /** The share of the window's height that the dock has. */
  height: number;
  /** The size of the terminal that was fitted last: the best guess for the next one. */
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

/** Keeps the store in step with the server. Returns whether there is any terminal. */
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
        // Only once, because a reconnection must not bring the user back from another terminal.
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
