'use client';

import Link from 'next/link';
import { ContextPicker } from './context-picker.tsx';
import { ThemeButton } from './theme-button.tsx';

export function Header() {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-3 sm:px-4">
      <Link href="/" className="flex items-center gap-2 rounded-md font-semibold tracking-tight">
        <Mark />
        <span>Ephemera</span>
      </Link>
      <div className="min-w-0 flex-1" />
      <ContextPicker />
      <ThemeButton />
    </header>
  );
}

/** Two containers that overlap, one of them ephemeral. */
function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" className="stroke-on-accent" strokeWidth="2.4">
        <circle cx="13" cy="16" r="6.5" />
        <circle cx="19" cy="16" r="6.5" strokeDasharray="3.2 2.6" />
      </g>
    </svg>
  );
}
