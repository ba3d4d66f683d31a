'use client';

import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import type { ClusterList, ContextSummary } from '#lib/clusters.ts';
import { Button } from '../ui/button.tsx';
import { Centered, Loading } from '../ui/centered.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { useClusterStore, useContextSummary } from './cluster-store.ts';

/** Shows a page about one context once the context is known, and otherwise the reason why it is not. */
export function ContextGate({ children }: { children(context: ContextSummary, list: ClusterList): ReactNode }) {
  const { error, load, list } = useClusterStore();
  const parameters = useSearchParams();
  const context = useContextSummary();
  if (error) {
    return (
      <Centered>
        <ErrorNotice error={error}>
          <Button onClick={() => void load()}>Try again</Button>
        </ErrorNotice>
      </Centered>
    );
  }
  if (list === undefined)
    return (
      <Centered>
        <Loading />
      </Centered>
    );
  if (context === undefined)
    return (
      <Centered>
        <NoContext asked={parameters.get('context')} />
      </Centered>
    );
  return children(context, list);
}

function NoContext({ asked }: { asked: string | null }) {
  const message = asked === null ? undefined : `The kubeconfig has no context ${asked}.`;
  return (
    <Notice
      title="No context is chosen"
      message={message}
      next="Choose one at the top right; `kubectl config use-context` sets the one to begin with."
    />
  );
}
