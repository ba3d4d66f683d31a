'use client';

import { useEffect, useRef } from 'react';

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** Where text is typed, single keys are text. Below an open dialog, shortcuts of the page do nothing. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], .xterm, [role="dialog"], [role="listbox"]') !== null
  );
}

/** Whether the focused element itself handles the key. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (key === 'Enter' || key === ' ') return target.closest('a, button, [role="tab"]') !== null;
  return /^(Arrow|Home|End)/.test(key) && target.closest('[role="tablist"], [role="separator"]') !== null;
}

/** Handles single-key shortcuts while the component lives. The keys are values of KeyboardEvent.key. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (isTaken(event.target, event.key)) return;
      const run = latest.current[event.key];
      if (run === undefined) return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, []);
}
