'use client';

import { ContextGate } from '../cluster/context-gate.tsx';
import { ContextPods } from './context-pods.tsx';

export function PodsPage() {
  return (
    <ContextGate>
      {(context, list) => (
        <ContextPods
          key={context.name}
          context={context.name}
          ownNamespace={context.namespace}
          firstNamespace={list.namespace}
        />
      )}
    </ContextGate>
  );
}
