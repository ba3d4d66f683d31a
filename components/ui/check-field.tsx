import type { ReactNode } from 'react';

export interface CheckFieldProps {
  label: string;
  hint?: ReactNode;
  isChecked: boolean;
  onChange(isChecked: boolean): void;
}

/** A box to tick, with an explanation below its label. */
export function CheckField({ label, hint, isChecked, onChange }: CheckFieldProps) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
