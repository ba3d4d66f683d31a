'use client';

import { useEffect, useRef } from 'react';

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** Single keys mean themselves wherever text is typed, and the page's shortcuts rest under an open dialog. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], .xterm, [role="dialog"], [role="listbox"]') !== null
  );
}

/** Keys that the focused element itself does something with. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (key === 'Enter' || key === ' ') return target.closest('a, button, [role="tab"]') !== null;
  return /^(Arrow|Home|End)/.test(key) && target.closest('[role="tablist"], [role="separator"]') !== null;
}

/** Runs a page's single-key shortcuts while the component lives. Keys are KeyboardEvent.key values. */
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
