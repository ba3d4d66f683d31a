import { Button } from './button.tsx';
import { CommandLine } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  question: string;
  /** The thing that the question is about. */
  about: string;
  /** What will happen. */
  text: string;
  /** The same with kubectl, where kubectl can do it. */
  command?: string;
  /** The words of the button that confirms. */
  answer: string;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that can't be undone. */
export function ConfirmDialog({ question, about, text, command, answer, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog title={question} description={about} onClose={onClose}>
      <div className="space-y-4 p-4 text-sm">
        <p className="text-muted">{text}</p>
        {command !== undefined && <CommandLine command={command} label="kubectl command" />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" autoFocus onClick={onConfirm}>
            {answer}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
