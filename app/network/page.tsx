import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NetworkPage } from '#components/network/network-page.tsx';

export const metadata: Metadata = { title: 'Network · Ephemera' };

export default function Page() {
  return (
    <Suspense>
      <NetworkPage />
    </Suspense>
  );
}
