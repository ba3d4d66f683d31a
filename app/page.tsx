import { Suspense } from 'react';
import { PodsPage } from '#components/pods/pods-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <PodsPage />
    </Suspense>
  );
}
