'use client';

import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { AppError, toWireError } from '#lib/protocol/errors.ts';
import { useActionError } from './action-error-store.ts';
import { IconButton } from './button.tsx';

/** "Copied" is shown this long: enough to read it, and over before the next click. */
const confirmMs = 1_500;

export interface CopyButtonProps {
  /** What is copied, or what finds it out once it is asked for. */
  text: string | (() => Promise<string>);
  label: string;
  icon?: LucideIcon;
}

export function CopyButton({ text, label, icon: Icon = Copy }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), confirmMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setCopied(true);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      useActionError.getState().show('Could not copy', toWireError(error));
    }
  };
  return (
    <IconButton label={isCopied ? 'Copied' : label} onClick={() => void copy()}>
      {isCopied ? <Check size={15} className="text-ok" aria-hidden /> : <Icon size={15} aria-hidden />}
    </IconButton>
  );
}

/** A command line to copy. It scrolls sideways, because a line break would change what a shell runs. */
export function CommandLine({ command, label }: { command: string; label: string }) {
  return (
    <div className="flex items-center gap-1 rounded-md border border-line bg-raised pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="min-w-0 flex-1 overflow-x-auto py-1.5 whitespace-pre">
        <code>{command}</code>
      </section>
      <CopyButton text={command} label={`Copy ${label}`} />
    </div>
  );
}
