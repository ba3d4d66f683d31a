import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { themeScript } from '#components/shell/theme.ts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Ephemera',
  description: 'Debug Kubernetes pods with ephemeral containers',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Before the first paint, so that a dark page never flashes white. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <AppShell>{children}</AppShell>
      </body>
    </html>
  );
}
