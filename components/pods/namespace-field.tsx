'use client';

import { useEffect, useId, useRef, useState } from 'react';

export interface NamespaceFieldProps {
  /** undefined: all namespaces. */
  value: string | undefined;
  known: string[];
  onChange(namespace: string | undefined): void;
}

/** A text field with suggestions, because users who may not list namespaces know the name of their own. */
export function NamespaceField({ value, known, onChange }: NamespaceFieldProps) {
  const [text, setText] = useState(value ?? '');
  const listId = useId();
  const committed = useRef(value ?? '');
  useEffect(() => {
    // Our own choice comes back late, when more may have been typed.
    if ((value ?? '') === committed.current) return;
    committed.current = value ?? '';
    setText(value ?? '');
  }, [value]);
  const commit = (name: string) => {
    committed.current = name.trim();
    onChange(committed.current === '' ? undefined : committed.current);
  };
  return (
    <>
      <input
        aria-label="Namespace"
        placeholder="All namespaces"
        list={listId}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          // After picking a suggestion or clearing the field, the user types no more.
          if (event.target.value === '' || known.includes(event.target.value)) commit(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
        onBlur={(event) => commit(event.currentTarget.value)}
        className="h-8 w-40 min-w-0 rounded-md border border-line bg-surface px-2.5 text-sm placeholder:text-muted max-sm:min-w-34 max-sm:flex-1"
      />
      <datalist id={listId}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
