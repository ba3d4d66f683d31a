'use client';

import { useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { endTerminal, leaveTerminal } from '../open-terminals/terminal-actions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notice.tsx';

/** Says what stays behind when the process is not ended. */
const words: Record<'debug' | 'exec' | 'made', { title: string; left: string }> = {
  made: {
    title: 'End this debugger and delete its pod?',
    left: 'Left running, its pod stays: the list of debuggers has it, to attach again or to delete it.',
  },
  debug: {
    title: 'End this debugger?',
    left: 'Left running, it stays in the pod: any page can attach to it again, from the pod or from the list of debuggers.',
  },
  exec: {
    title: 'End this shell?',
    left: 'Left running, it goes on in the container, but no terminal can come back to it: useful only for a command that should finish.',
  },
};

/** Asks whether the process shall end, because closing a terminal alone does not end it. */
export function CloseDialog({ summary, onClose }: { summary: TerminalSummary; onClose(): void }) {
  const { session, container, kind } = summary;
  const [isEnding, setEnding] = useState(false);
  const [error, setError] = useState<WireError>();
  const { title, left } = words[summary.madePod ? 'made' : kind === 'debug' ? 'debug' : 'exec'];
  const end = async () => {
    setEnding(true);
    setError(undefined);
    try {
      await endTerminal(session);
      onClose();
    } catch (cause) {
      setError(toWireError(cause));
      setEnding(false);
    }
  };
  const leave = async () => {
    await leaveTerminal(session);
    onClose();
  };
  return (
    <Dialog title={title} description={`${summary.pod} / ${container}`} onClose={onClose}>
      <div className="space-y-4 p-4 text-sm">
        <p className="text-muted">{left}</p>
        {error && <ErrorNotice error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button onClick={() => void leave()}>Leave it running</Button>
          <Button variant="primary" autoFocus disabled={isEnding} onClick={() => void end()}>
            {isEnding ? 'Ending…' : 'End it'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
