import { Suspense } from 'react';
import { DebuggersPage } from '#components/debuggers/debuggers-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <DebuggersPage />
    </Suspense>
  );
}
