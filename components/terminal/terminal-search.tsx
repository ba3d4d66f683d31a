'use client';

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/button.tsx';

export interface TerminalSearchProps {
  /** False where the text is not found. */
  find(text: string, direction: 'next' | 'previous'): Promise<boolean>;
  onClose(): void;
}

export function TerminalSearch({ find, onClose }: TerminalSearchProps) {
  const [text, setText] = useState('');
  const [isFound, setFound] = useState(true);
  const look = (what: string, direction: 'next' | 'previous') => void find(what, direction).then(setFound);
  return (
    <search className="flex items-center gap-1 border-b border-line px-2 py-1">
      <input
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search in the terminal"
        // biome-ignore lint/a11y/noAutofocus: the field appears because the user wants to search
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          look(event.target.value, 'previous');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') look(text, event.shiftKey ? 'next' : 'previous');
          if (event.key === 'Escape') onClose();
        }}
        className="h-7 w-64 min-w-0 rounded-md border border-line bg-surface px-2 text-sm"
      />
      <IconButton label="Previous match (Enter)" onClick={() => look(text, 'previous')}>
        <ArrowUp size={15} aria-hidden />
      </IconButton>
      <IconButton label="Next match (Shift+Enter)" onClick={() => look(text, 'next')}>
        <ArrowDown size={15} aria-hidden />
      </IconButton>
      <span className="text-xs text-problem" role="status">
        {isFound ? '' : 'Not found'}
      </span>
      <div className="flex-1" />
      <IconButton label="Close the search (Esc)" onClick={onClose}>
        <X size={15} aria-hidden />
      </IconButton>
    </search>
  );
}
