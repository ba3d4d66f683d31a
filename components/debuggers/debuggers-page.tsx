'use client';

import { ContextGate } from '../shell/context-gate.tsx';
import { ContextDebuggers } from './context-debuggers.tsx';

export function DebuggersPage() {
  return <ContextGate>{(context) => <ContextDebuggers key={context.name} context={context.name} />}</ContextGate>;
}
