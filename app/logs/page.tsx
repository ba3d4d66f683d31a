import { Suspense } from 'react';
import { LogsPage } from '#components/logs/logs-page.tsx';

export default function Page() {
  return (
    <Suspense>
      <LogsPage />
    </Suspense>
  );
}
