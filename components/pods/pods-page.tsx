'use client';

import { useSearchParams } from 'next/navigation';
import { useClusterStore, useContextSummary } from '../shell/cluster-store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { ContextPods } from './context-pods.tsx';
import { Centered, Loading } from './pod-states.tsx';

export function PodsPage() {
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
  return (
    <ContextPods
      key={context.name}
      context={context.name}
      ownNamespace={context.namespace}
      firstNamespace={list.namespace}
    />
  );
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
