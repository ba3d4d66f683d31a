import type { ReactNode } from 'react';

export function Loading() {
  return (
    <p role="status" className="text-center text-muted">
      Loading…
    </p>
  );
}

export function Centered({ children }: { children: ReactNode }) {
  return <div className="mx-auto max-w-2xl p-4 pt-10">{children}</div>;
}
