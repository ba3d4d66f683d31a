'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { useEffect, useState } from 'react';

export interface NamespaceFieldProps {
  /** undefined: all namespaces. */
  value: string | undefined;
  known: string[];
  onChange(namespace: string | undefined): void;
}

/** Free text with suggestions: a user who may not list namespaces still knows the name of their own. */
export function NamespaceField({ value, known, onChange }: NamespaceFieldProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const commit = (name: string) => onChange(name.trim() === '' ? undefined : name.trim());
  return (
    <Autocomplete.Root
      items={known}
      value={text}
      onValueChange={(next, { reason }) => {
        setText(next);
        if (reason === 'item-press' || reason === 'clear-press') commit(next);
      }}
    >
      <Autocomplete.Input
        aria-label="Namespace"
        placeholder="All namespaces"
        onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
        onBlur={(event) => commit(event.currentTarget.value)}
        className="h-8 w-40 min-w-0 rounded-md border border-line bg-surface px-2.5 text-sm placeholder:text-muted max-sm:flex-1"
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-40">
          <Autocomplete.Popup className="max-h-72 min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-surface shadow-lg data-empty:hidden">
            <Autocomplete.List className="p-1">
              {(name: string) => (
                <Autocomplete.Item
                  key={name}
                  value={name}
                  className="rounded-md px-2 py-1.5 text-sm data-highlighted:bg-raised"
                >
                  {name}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
