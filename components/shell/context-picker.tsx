'use client';

import { Select } from '@base-ui/react/select';
import { Check, ChevronsUpDown, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useClusterStore, useContextSummary } from './cluster-store.ts';

/** All contexts of the kubeconfig. Another cluster is another list of pods, so choosing one goes there. */
export function ContextPicker() {
  const router = useRouter();
  const list = useClusterStore((store) => store.list);
  const current = useContextSummary();
  if (list === undefined || list.contexts.length === 0) return null;
  return (
    <Select.Root
      value={current?.name ?? null}
      onValueChange={(name) => name !== null && router.push(`/?${new URLSearchParams({ context: name })}`)}
    >
      <Select.Trigger
        aria-label="Cluster context"
        className="flex h-8 max-w-44 min-w-0 items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm hover:bg-raised sm:max-w-80"
      >
        <Server size={15} className="shrink-0 text-muted" aria-hidden />
        <Select.Value className="truncate" placeholder="Choose a context" />
        <ChevronsUpDown size={14} className="shrink-0 text-muted" aria-hidden />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} align="end" alignItemWithTrigger={false} className="z-40">
          <Select.Popup className="max-h-[min(28rem,var(--available-height))] min-w-56 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-lg outline-none">
            {list.contexts.map((context) => (
              <Select.Item
                key={context.name}
                value={context.name}
                className="flex items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-highlighted:bg-raised"
              >
                <span className="w-4 shrink-0">
                  <Select.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Select.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <Select.ItemText className="block truncate">{context.name}</Select.ItemText>
                  <span className="block truncate text-xs text-muted">
                    {context.user} on {context.cluster}
                  </span>
                </span>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
