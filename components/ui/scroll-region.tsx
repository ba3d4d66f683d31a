import type { ReactNode } from 'react';

export interface ScrollRegionProps {
  label: string;
  className: string;
  children: ReactNode;
}

/** A part of the page that scrolls by itself. It has a name, and the keyboard can reach and scroll it. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
