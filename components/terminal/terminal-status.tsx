'use client';

import { LoaderCircle } from 'lucide-react';
import type { TerminalState, TerminalSummary } from '#lib/terminal/summary.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { cancelStart, leaveTerminal } from '../open-terminals/terminal-actions.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';

/** What a terminal waits for, or how it ended; nothing while it is live. */
export function TerminalStatus({ summary }: { summary: TerminalSummary }) {
  const { state } = summary;
  switch (state.kind) {
    case 'live':
      return null;
    case 'starting':
      return <Starting summary={summary} state={state} />;
    case 'reconnecting':
      return <Reconnecting container={summary.container} state={state} />;
    case 'ended':
      return (
        <div className="border-t border-line bg-surface p-3">
          {state.error ? (
            <ErrorNotice error={state.error}>
              <StartAnother summary={summary} />
            </ErrorNotice>
          ) : (
            <Ended summary={summary} state={state} />
          )}
        </div>
      );
  }
}

type StateOf<K extends TerminalState['kind']> = Extract<TerminalState, { kind: K }>;

function Starting({ summary, state }: { summary: TerminalSummary; state: StateOf<'starting'> }) {
  const cancel = (
    <Button size="small" onClick={() => void cancelStart(summary)}>
      Cancel
    </Button>
  );
  return (
    <div className="space-y-2 border-t border-line bg-surface p-3">
      {state.problem ? (
        <ErrorNotice error={state.problem} title={state.step}>
          {cancel}
          <StartAnother summary={summary} />
        </ErrorNotice>
      ) : (
        <div className="flex flex-wrap items-center gap-3 text-sm" role="status">
          <LoaderCircle size={16} className="animate-spin text-accent" aria-hidden />
          <span className="min-w-0 flex-1 break-words">
            {state.step}…{state.detail && <span className="text-muted"> {state.detail}</span>}
          </span>
          {cancel}
        </div>
      )}
    </div>
  );
}

function Reconnecting({ container, state }: { container: string; state: StateOf<'reconnecting'> }) {
  if (state.problem) {
    return (
      <div className="border-t border-line bg-surface p-3">
        <ErrorNotice error={state.problem} title={`${container} can’t be reached`}>
          <span className="text-xs text-muted">
            It goes on meanwhile, and is tried again every few seconds. The connection broke <Age at={state.since} />{' '}
            ago.
          </span>
        </ErrorNotice>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line bg-surface p-3 text-sm" role="status">
      <LoaderCircle size={16} className="animate-spin text-accent" aria-hidden />
      <span className="min-w-0 flex-1">
        The connection to {container} broke <Age at={state.since} /> ago; attaching again. It goes on meanwhile, and
        what you type waits for a few seconds.
      </span>
    </div>
  );
}

function Ended({ summary, state }: { summary: TerminalSummary; state: StateOf<'ended'> }) {
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm" role="status">
      <span className="min-w-0 flex-1">
        Ended{state.exitCode === undefined ? '' : ` with exit code ${state.exitCode}`}
        {state.reason !== 'Completed' && state.reason !== 'Error' ? ` (${state.reason})` : ''}.{' '}
        {state.why && <span className="font-medium">{state.why}</span>}{' '}
        <span className="text-muted">Its output stays here until you close it.</span>
      </span>
      <StartAnother summary={summary} />
      <Button size="small" onClick={() => void leaveTerminal(summary.session)}>
        Close
      </Button>
    </div>
  );
}

/** Starts another debugger like this one. Where a shell failed to start, it targets the container and brings a shell. */
function StartAnother({ summary }: { summary: TerminalSummary }) {
  const { open, forms } = useDebugStore();
  const { context, namespace, pod, kind, container, state, session, madePod } = summary;
  const asked = forms.get(session);
  const hasNoShell = kind === 'exec' && state.kind === 'ended' && state.reason === 'Refused';
  const target = summary.target ?? (hasNoShell ? container : undefined);
  const hasFailed = state.kind === 'starting' || (state.kind === 'ended' && state.error !== undefined);
  // The pod that was made for it is gone, or would fail again.
  if (madePod !== undefined && asked === undefined) return null;
  return (
    <Button
      size="small"
      onClick={() =>
        open(asked ?? { context, namespace, pod, ...(target === undefined ? {} : { target }), ...imageOf(summary) })
      }
    >
      {hasNoShell ? `Debug ${container}` : hasFailed ? 'Try again with…' : 'Start a new one'}
    </Button>
  );
}

function imageOf({ kind, image }: TerminalSummary): { image?: string } {
  return kind === 'debug' && image !== undefined ? { image } : {};
}
