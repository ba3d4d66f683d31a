'use client';

import { formatBytes } from '#lib/format-bytes.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useTerminalSettings } from './terminal-settings.ts';

/** Enough of the text to recognise it. */
const shownLines = 8;
const shownCharacters = 2_000;

export interface PasteDialogProps {
  text: string;
  onPaste(): void;
  onClose(): void;
}

/** Shows text before it is pasted into a program that may run each line as it comes. */
export function PasteDialog({ text, onPaste, onClose }: PasteDialogProps) {
  const set = useTerminalSettings((settings) => settings.set);
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  const rest = lines.length - shownLines;
  return (
    <Dialog
      title={`Paste ${lines.length.toLocaleString()} lines?`}
      description={`${formatBytes(new Blob([text]).size)}. The program here may run each line as it comes.`}
      onClose={onClose}
    >
      <div className="space-y-4 p-4 text-sm">
        <pre className="max-h-52 overflow-auto rounded-md border border-line bg-raised p-2 whitespace-pre-wrap break-all">
          {lines.slice(0, shownLines).join('\n').slice(0, shownCharacters)}
          {rest > 0 && <span className="text-muted">{`\n… and ${rest.toLocaleString()} more`}</span>}
        </pre>
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            onClick={() => {
              set({ asksBeforePaste: false });
              onPaste();
            }}
          >
            Paste, and don’t ask again
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" autoFocus onClick={onPaste}>
            Paste
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
