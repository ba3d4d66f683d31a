'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { ContextPicker } from './context-picker.tsx';
import { ThemeButton } from './theme-button.tsx';

const pages = [
  ['/', 'Pods'],
  ['/debuggers', 'Debuggers'],
  ['/recordings', 'Recordings'],
] as const;

export function Header() {
  const path = usePathname();
  const context = useSearchParams().get('context');
  const query = context === null ? '' : `?${new URLSearchParams({ context })}`;
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-surface px-3 sm:gap-3 sm:px-4">
      <Link
        href={`/${query}`}
        aria-label="Ephemera"
        className="flex items-center gap-2 rounded-md font-semibold tracking-tight"
      >
        <Mark />
        <span className="max-sm:hidden">Ephemera</span>
      </Link>
      <nav aria-label="Pages" className="flex min-w-0 items-center gap-0.5 text-sm">
        {pages.map(([href, name]) => (
          <Link
            key={href}
            href={`${href}${query}`}
            // Not prefetched, because most first visits are for the pods alone.
            prefetch={false}
            aria-current={path === href ? 'page' : undefined}
            className={clsx(
              'rounded-md px-2 py-1 hover:bg-raised',
              path === href ? 'font-medium text-text' : 'text-muted',
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
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
