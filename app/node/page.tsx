import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NodeNamespacesPage } from '#components/node-namespaces/node-namespaces-page.tsx';

export const metadata: Metadata = { title: 'Namespaces of a node · Ephemera' };

export default function Page() {
  return (
    <Suspense>
      <NodeNamespacesPage />
    </Suspense>
  );
}
