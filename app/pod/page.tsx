import { Suspense } from 'react';
import { PodPage } from '#components/pod/pod-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <PodPage />
    </Suspense>
  );
}
