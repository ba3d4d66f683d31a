'use client';

import { useActionError } from './action-error-store.ts';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './notice.tsx';

export function ActionErrorDialog() {
  const { failure, dismiss } = useActionError();
  if (failure === undefined) return null;
  return (
    <Dialog title={failure.title} onClose={dismiss}>
      <div className="p-4">
        <ErrorNotice error={failure.error} />
      </div>
    </Dialog>
  );
}
