import type { KeyboardEvent } from 'react';

/** Moves the focus with the arrow keys from one link or button of a list to the next. Enter still opens it. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>, selector: 'a' | 'button'): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const next = all[all.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
