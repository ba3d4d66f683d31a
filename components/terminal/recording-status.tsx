'use client';

import { Circle } from 'lucide-react';
import type { RecordingState } from '#lib/terminal/summary.ts';
import { recordTerminal } from '../open-terminals/terminal-actions.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';

/** Shows every viewer of a terminal that it is recorded. It stands beside the tabs, so that the screen keeps its size. */
export function RecordingBadge({ recording }: { recording: RecordingState }) {
  if (recording.kind !== 'on') return null;
  return (
    <span
      role="status"
      title="What this terminal shows is written to a file on the server"
      className="flex items-center gap-1.5 px-2 text-xs whitespace-nowrap text-problem"
    >
      <Circle size={9} className="fill-problem" aria-hidden />
      <span className="max-sm:sr-only">
        Recorded for <Age at={recording.since} />
      </span>
    </span>
  );
}

/** Why the terminal is no longer recorded. */
export function RecordingProblem({ session, recording }: { session: string; recording: RecordingState }) {
  if (recording.kind !== 'failed') return null;
  return (
    <div role="alert" className="flex items-center gap-3 bg-problem-soft px-3 py-1 text-xs">
      <span className="min-w-0 flex-1">
        {recording.error.message} {recording.error.next}
      </span>
      <Button size="small" onClick={() => void recordTerminal(session, false)}>
        Dismiss
      </Button>
    </div>
  );
}
