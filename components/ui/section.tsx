import { type ReactNode, useId } from 'react';

export interface SectionProps {
  title: string;
  count?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, count, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-surface">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5 sm:px-4">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {count !== undefined && <span className="text-xs text-muted tabular-nums">{count}</span>}
        <div className="flex-1" />
        {actions}
      </div>
      {children}
    </section>
  );
}
