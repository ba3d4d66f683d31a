import { Suspense } from 'react';
import { RecordingsPage } from '#components/recordings/recordings-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <RecordingsPage />
    </Suspense>
  );
}
