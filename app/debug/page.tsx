import { Suspense } from 'react';
import { DebugLinkPage } from '#components/debug/debug-link-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <DebugLinkPage />
    </Suspense>
  );
}
