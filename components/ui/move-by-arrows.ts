import type { KeyboardEvent } from 'react';

/** In a list of links or buttons the arrows go from one to the next; Enter opens it, as ever. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>, selector: 'a' | 'button'): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const next = all[all.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
