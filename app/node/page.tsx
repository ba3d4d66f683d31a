import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NodePage } from '#components/node/node-page.tsx';

export const metadata: Metadata = { title: 'Namespaces of a node · Ephemera' };

export default function Page() {
  return (
    <Suspense>
      <NodePage />
    </Suspense>
  );
}
