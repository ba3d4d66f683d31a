import type { Metadata } from 'next';
import { Suspense } from 'react';
import { FilesPage } from '#components/files/files-page.tsx';

export const metadata: Metadata = { title: 'Files · Ephemera' };

export default function Page() {
  return (
    <Suspense>
      <FilesPage />
    </Suspense>
  );
}
