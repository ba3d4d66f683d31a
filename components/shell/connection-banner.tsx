'use client';

import { useConnectionState } from '../connection/use-connection.ts';
import { Notice } from '../ui/notice.tsx';

/** Says that the page may be out of date, because our own server can't be reached. */
export function ConnectionBanner() {
  const state = useConnectionState();
  if (state === 'disconnected') {
    return (
      <div className="px-3 pt-3 sm:px-4">
        <Notice
          tone="pending"
          title="Ephemera’s server does not answer"
          message="What you see is as it last was. Terminals go on in the cluster."
          next="Check that it still runs; the page reconnects by itself."
        />
      </div>
    );
  }
  if (state === 'unauthorized') {
    return (
      <div className="px-3 pt-3 sm:px-4">
        <Notice
          tone="problem"
          title="This page’s token is no longer valid"
          message="Another server has taken the place of the one that this page came from, or its token was renewed."
          next="Open the address that it printed when it started; it ends in ?token=…"
        />
      </div>
    );
  }
  return null;
}
