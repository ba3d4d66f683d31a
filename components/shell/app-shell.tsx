'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, Suspense } from 'react';
import { useClusterList } from '../cluster/cluster-store.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { useTerminals } from '../open-terminals/terminal-store.ts';
import { LazyDock, loadDock } from '../terminal/lazy-dock.tsx';
import { useActionError } from '../ui/action-error-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';

// Both are fetched when they are first opened, because pods can be shown without them.
const ActionErrorDialog = dynamic(
  () => import('../ui/action-error-dialog.tsx').then((module) => module.ActionErrorDialog),
  { ssr: false },
);
const DebugDialog = dynamic(() => import('../debug/debug-dialog.tsx').then((module) => module.DebugDialog), {
  ssr: false,
});

/** A debugger's terminal needs the dock at once, so it is fetched while the dialog is being filled in. */
const fetchDock = () => void loadDock();

/** The parts of every page: the header, the terminals below, and the dialog that starts a debugger. */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <Shell>{children}</Shell>
    </Suspense>
  );
}

function Shell({ children }: { children: ReactNode }) {
  useClusterList();
  const hasTerminals = useTerminals();
  const debugged = useDebugStore((store) => store.pod);
  const hasFailed = useActionError((store) => store.failure !== undefined);
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#main"
        className="absolute -top-10 left-2 z-50 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:top-2"
      >
        Skip to the content
      </a>
      <Header />
      <ConnectionBanner />
      <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
        {children}
      </main>
      {hasTerminals && <LazyDock />}
      {debugged && <DebugDialog onOpened={fetchDock} />}
      <ShortcutHelp />
      {hasFailed && <ActionErrorDialog />}
    </div>
  );
}
