import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

const shape = 'w-full min-w-0 rounded-md border bg-surface px-2.5 text-sm';

/** The look of a field's input. */
export function controlClass({ problem, isCode = false, isTall = false }: ControlLook = {}): string {
  return clsx(
    shape,
    isTall ? 'min-h-20 py-2' : 'h-9',
    isCode && 'font-mono placeholder:text-muted',
    problem ? 'border-problem' : 'border-line',
  );
}

interface ControlLook {
  problem?: string | undefined;
  isCode?: boolean;
  isTall?: boolean;
}

export interface FieldProps {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  children(ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }): ReactNode;
}

/** A label, an input, and below it a hint or the problem. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': problem !== undefined })}
      <p id={noteId} className={clsx('mt-1 text-xs', problem ? 'text-problem' : 'text-muted')}>
        {problem ?? hint}
      </p>
    </div>
  );
}
