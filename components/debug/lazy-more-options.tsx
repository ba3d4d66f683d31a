'use client';

import { ChevronRight } from 'lucide-react';
import { type ComponentType, useEffect, useState } from 'react';
import { keptByDefault } from '#lib/debug/pod-copy.ts';
import type { DebugForm } from './debug-form.ts';
import type { MoreOptionsProps } from './more-options.tsx';

function hasMore({ user, customText, env, pullPolicy, isArguments, setImages, keep }: DebugForm): boolean {
  const hasText = [user, customText, env, pullPolicy, setImages].some((text) => text !== '');
  return hasText || isArguments || keep !== keptByDefault;
}

/** Options that few people need: fetched when they are opened. */
export function LazyMoreOptions(props: MoreOptionsProps) {
  const [MoreOptions, setMoreOptions] = useState<ComponentType<MoreOptionsProps>>();
  const [isOpen, setOpen] = useState(false);
  const { kind } = props.form;
  const isFilled = hasMore(props.form);
  // Options that a cure or an earlier form has filled in must be visible.
  useEffect(() => {
    if (isFilled) setOpen(true);
  }, [isFilled]);
  const load = async () => {
    const module = await import('./more-options.tsx');
    setMoreOptions(() => module.MoreOptions);
  };
  return (
    <details
      className="group min-w-0 md:col-span-2"
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) void load();
      }}
    >
      <summary className="flex w-fit cursor-pointer list-none flex-wrap items-center gap-x-1 rounded text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} className="text-muted transition-transform group-open:rotate-90" aria-hidden />
        <span className="whitespace-nowrap">More options</span>
        <span className="font-normal text-muted">
          {kind === 'copy' ? 'environment, what is kept, other images, YAML' : 'environment, image pull, user, YAML'}
        </span>
      </summary>
      {MoreOptions && <MoreOptions {...props} />}
    </details>
  );
}
