'use client';

import { Tabs } from '@base-ui/react/tabs';
import { clsx } from 'clsx';
import { useRef, useState } from 'react';
import { useTerminalStore } from '../open-terminals/terminal-store.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { DockHandle } from './dock-handle.tsx';
import { DockTabs } from './dock-tabs.tsx';
import { DockToolbar } from './dock-toolbar.tsx';
import { CloseDialog, TerminalSearch } from './lazy-parts.ts';
import { TerminalStatus } from './terminal-status.tsx';
import { TerminalView } from './terminal-view.tsx';
import type { TerminalHandle } from './use-terminal-pane.ts';

/** The terminals, below every page. */
export function Dock() {
  const { terminals, active, closing, isCollapsed, height, show, set } = useTerminalStore();
  const [isSearching, setSearching] = useState(false);
  const handle = useRef<TerminalHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const current = terminals.find((one) => one.session === active);
  useShortcuts({ t: () => set({ isCollapsed: false, wantsFocus: true }) });
  const leave = () => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  const closed = terminals.find((one) => one.session === closing);
  if (current === undefined) return null;
  return (
    <section
      aria-label="Terminals"
      className="relative flex shrink-0 flex-col border-t border-line-strong/40 bg-surface"
      style={{ height: isCollapsed ? undefined : `max(12rem, ${height * 100}dvh)` }}
    >
      {!isCollapsed && <DockHandle />}
      <Tabs.Root
        value={current.session}
        onValueChange={(session) => show(session as string)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-1.5">
          <DockTabs list={list} terminals={terminals} active={active} />
          <DockToolbar summary={current} handle={handle} onSearch={() => setSearching(true)} />
        </div>
        <div className={clsx('flex min-h-0 flex-1 flex-col', isCollapsed && 'hidden')}>
          {isSearching && (
            <TerminalSearch
              find={(text, direction) => handle.current?.find(text, direction) ?? Promise.resolve(false)}
              onClose={() => {
                setSearching(false);
                handle.current?.focus();
              }}
            />
          )}
          <Tabs.Panel value={current.session} tabIndex={-1} className="relative min-h-0 flex-1 outline-none">
            {terminals.map((terminal) => {
              const isShown = terminal.session === active;
              return (
                <TerminalView
                  key={terminal.session}
                  summary={terminal}
                  isVisible={isShown && !isCollapsed}
                  handle={isShown ? handle : null}
                  onLeave={leave}
                  onSearch={() => setSearching(true)}
                />
              );
            })}
          </Tabs.Panel>
          <TerminalStatus summary={current} />
        </div>
      </Tabs.Root>
      {closed && <CloseDialog summary={closed} onClose={() => set({ closing: undefined })} />}
    </section>
  );
}
