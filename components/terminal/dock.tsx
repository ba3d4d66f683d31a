'use client';

import { Tabs } from '@base-ui/react/tabs';
import { clsx } from 'clsx';
import { Circle } from 'lucide-react';
import { useRef, useState } from 'react';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { CloseDialog } from './dialogs.ts';
import { DockHandle } from './dock-handle.tsx';
import { DockToolbar } from './dock-toolbar.tsx';
import { closeTerminal } from './terminal-actions.ts';
import { TerminalSearch } from './terminal-search.tsx';
import { TerminalStatus } from './terminal-status.tsx';
import { useTerminalStore } from './terminal-store.ts';
import { type TerminalHandle, TerminalView } from './terminal-view.tsx';

/** The terminals, below every page. */
export function Dock() {
  const { terminals, active, closing, isCollapsed, height, show, set } = useTerminalStore();
  const [isSearching, setSearching] = useState(false);
  const handle = useRef<TerminalHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const current = terminals.find((one) => one.session === active);
  const focusTerminal = () => {
    set({ isCollapsed: false, wantsFocus: true });
  };
  useShortcuts({ t: focusTerminal });
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
          <Tabs.List
            ref={list}
            className="relative flex min-w-0 flex-1 items-center gap-1 overflow-x-auto"
            activateOnFocus={false}
          >
            {terminals.map((terminal) => (
              <DockTab key={terminal.session} terminal={terminal} isActive={terminal.session === active} />
            ))}
          </Tabs.List>
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

const dots: Record<TerminalSummary['state']['kind'], string> = {
  starting: 'bg-pending',
  live: 'bg-ok',
  reconnecting: 'bg-pending animate-pulse',
  ended: 'bg-line-strong',
};
const words: Record<TerminalSummary['state']['kind'], string> = {
  starting: 'starting',
  live: 'live',
  reconnecting: 'reconnecting',
  ended: 'ended',
};

/** Delete and a middle click close it; the toolbar has the button, for a tab list may hold nothing but tabs. */
function DockTab({ terminal, isActive }: { terminal: TerminalSummary; isActive: boolean }) {
  const { session, container, pod, state, recording } = terminal;
  const hasProblem = state.kind === 'starting' && state.problem !== undefined;
  return (
    <Tabs.Tab
      value={session}
      title={`${pod} / ${container} (${words[state.kind]})`}
      onKeyDown={(event) => event.key === 'Delete' && void closeTerminal(terminal)}
      onAuxClick={(event) => event.button === 1 && void closeTerminal(terminal)}
      className={clsx(
        'flex h-8 max-w-72 min-w-0 shrink-0 items-center gap-2 rounded-md px-2.5 text-xs outline-offset-[-2px]',
        isActive ? 'bg-raised' : 'hover:bg-raised/60',
      )}
    >
      <span
        className={clsx('size-2 shrink-0 rounded-full', hasProblem ? 'bg-problem' : dots[state.kind])}
        aria-hidden
      />
      <span className="sr-only">{words[state.kind]}: </span>
      {recording.kind === 'on' && (
        <>
          <Circle size={9} className="shrink-0 fill-problem text-problem" aria-hidden />
          <span className="sr-only">recorded: </span>
        </>
      )}
      <span className="shrink-0 font-medium">{container}</span>
      <span className="truncate text-muted max-sm:hidden">{pod}</span>
    </Tabs.Tab>
  );
}
