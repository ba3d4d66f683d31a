'use client';

import { LoaderCircle } from 'lucide-react';
import type { TerminalSummary } from '#lib/protocol/events.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { leaveTerminal } from './terminal-actions.ts';

/** What a terminal waits for, or how it ended; nothing while it is live. */
export function TerminalStatus({ summary }: { summary: TerminalSummary }) {
  const { state, session } = summary;
  switch (state.kind) {
    case 'live':
      return null;
    case 'starting':
      return (
        <div className="space-y-2 border-t border-line bg-surface p-3">
          {state.problem ? (
            <ErrorNotice error={state.problem} title={state.step}>
              <Button size="small" onClick={() => void leaveTerminal(session)}>
                Cancel
              </Button>
              <StartAnother summary={summary} />
            </ErrorNotice>
          ) : (
            <div className="flex flex-wrap items-center gap-3 text-sm" role="status">
              <LoaderCircle size={16} className="animate-spin text-accent" aria-hidden />
              <span className="min-w-0 flex-1 break-words">
                {state.step}…{state.detail && <span className="text-muted"> {state.detail}</span>}
              </span>
              <Button size="small" onClick={() => void leaveTerminal(session)}>
                Cancel
              </Button>
            </div>
          )}
        </div>
      );
    case 'reconnecting':
      return (
        <div className="flex flex-wrap items-center gap-3 border-t border-line bg-surface p-3 text-sm" role="status">
          <LoaderCircle size={16} className="animate-spin text-accent" aria-hidden />
          <span className="min-w-0 flex-1">
            The connection to {summary.container} broke <Age at={state.since} /> ago; attaching again. It goes on
            meanwhile, and what you type waits for a few seconds.
          </span>
        </div>
      );
    case 'ended':
      return (
        <div className="border-t border-line bg-surface p-3">
          {state.error ? (
            <ErrorNotice error={state.error}>
              <StartAnother summary={summary} />
            </ErrorNotice>
          ) : (
            <div className="flex flex-wrap items-center gap-3 text-sm" role="status">
              <span className="min-w-0 flex-1">
                Ended{state.exitCode === undefined ? '' : ` with exit code ${state.exitCode}`}
                {state.reason !== 'Completed' && state.reason !== 'Error' ? ` (${state.reason})` : ''}. Its output stays
                here until you close it.
              </span>
              <StartAnother summary={summary} />
              <Button size="small" onClick={() => void leaveTerminal(session)}>
                Close
              </Button>
            </div>
          )}
        </div>
      );
  }
}

/** Another debugger like this one; where a shell failed to start, one that targets the container and brings its own. */
function StartAnother({ summary }: { summary: TerminalSummary }) {
  const open = useDebugStore((store) => store.open);
  const { context, namespace, pod, kind, container, state } = summary;
  const hasNoShell = kind === 'exec' && state.kind === 'ended' && state.reason === 'Refused';
  const target = summary.target ?? (hasNoShell ? container : undefined);
  return (
    <Button size="small" onClick={() => open({ context, namespace, pod, ...(target === undefined ? {} : { target }) })}>
      {hasNoShell ? `Debug ${container}` : 'Start a new one'}
    </Button>
  );
}
