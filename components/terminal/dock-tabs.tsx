import { Tabs } from '@base-ui/react/tabs';
import { clsx } from 'clsx';
import { Circle } from 'lucide-react';
import type { RefObject } from 'react';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { closeTerminal } from '../open-terminals/terminal-actions.ts';

export interface DockTabsProps {
  list: RefObject<HTMLDivElement | null>;
  terminals: TerminalSummary[];
  active: string | undefined;
}

/** A tab for each terminal. */
export function DockTabs({ list, terminals, active }: DockTabsProps) {
  return (
    <Tabs.List
      ref={list}
      className="relative flex min-w-0 flex-1 items-center gap-1 overflow-x-auto"
      activateOnFocus={false}
    >
      {terminals.map((terminal) => (
        <DockTab key={terminal.session} terminal={terminal} isActive={terminal.session === active} />
      ))}
    </Tabs.List>
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

/** Delete and a middle click close it. The toolbar has the button, because a tab list may hold only tabs. */
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
