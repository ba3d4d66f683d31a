import { Suspense } from 'react';
import { ReplayPage } from '#components/recordings/replay-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <ReplayPage />
    </Suspense>
  );
}
