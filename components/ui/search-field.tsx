import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';

export interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  placeholder: string;
  value: string;
  onChange(value: string): void;
  /** Escape also empties the field. */
  onKeyDown?(event: KeyboardEvent<HTMLInputElement>): void;
  className?: string;
}

/** The text that a list is filtered by. */
export function SearchField({ field, label, placeholder, value, onChange, onKeyDown, className }: SearchFieldProps) {
  return (
    <div className={clsx('relative', className)}>
      <Search
        size={15}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        aria-hidden
      />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
          onKeyDown?.(event);
        }}
        className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-sm placeholder:text-muted"
      />
    </div>
  );
}
