import { Suspense } from 'react';
import { DebugLink } from '#components/debug/debug-link.tsx';

export default function Page() {
  return (
    <Suspense>
      <DebugLink />
    </Suspense>
  );
}
