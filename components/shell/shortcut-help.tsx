'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useShortcuts } from '../ui/use-shortcuts.ts';

const HelpDialog = dynamic(() => import('./help-dialog.tsx').then((module) => module.HelpDialog), { ssr: false });

/** `?` shows all keys. */
export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true) });
  return isOpen ? <HelpDialog onClose={() => setOpen(false)} /> : null;
}
