'use client';

import { ChevronsUpDown, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useClusterStore, useContextSummary } from '../cluster/cluster-store.ts';

/**
 * Chooses one of the kubeconfig's contexts and goes to its list of pods. It is the browser's own select, because it is on
 * every page and one from a library would cost more than the rest of the header.
 */
export function ContextPicker() {
  const router = useRouter();
  const list = useClusterStore((store) => store.list);
  const current = useContextSummary();
  if (list === undefined || list.contexts.length === 0) return null;
  return (
    <div className="relative flex min-w-0 items-center">
      <Server size={15} className="pointer-events-none absolute left-2 text-muted" aria-hidden />
      <select
        aria-label="Cluster context"
        title={current && `${current.user} on ${current.cluster}`}
        value={current?.name ?? ''}
        onChange={(event) => router.push(`/?${new URLSearchParams({ context: event.target.value })}`)}
        className="h-8 max-w-44 min-w-0 appearance-none truncate max-sm:w-9 max-sm:text-transparent [&>option]:text-text rounded-md border border-line bg-surface pl-8 sm:pr-7 text-sm hover:bg-raised sm:max-w-80"
      >
        {current === undefined && <option value="">Choose a context</option>}
        {list.contexts.map((context) => (
          <option key={context.name} value={context.name}>
            {context.name}
          </option>
        ))}
      </select>
      <ChevronsUpDown size={14} className="pointer-events-none absolute right-2 text-muted max-sm:hidden" aria-hidden />
    </div>
  );
}
