'use client';

import type { RunningDebugger } from '#lib/debug/running-debuggers.ts';
import { ContextGate } from '../cluster/context-gate.tsx';
import { useRunningDebuggers } from '../cluster/use-running-debuggers.ts';
import { Centered, Loading } from '../ui/centered.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { DebuggerItem } from './debugger-item.tsx';

export function DebuggersPage() {
  return <ContextGate>{(context) => <ContextDebuggers key={context.name} context={context.name} />}</ContextGate>;
}

/** Every debugger that runs in a context, from whatever tool, to come back to or to end. */
function ContextDebuggers({ context }: { context: string }) {
  const { value: list, error, refresh } = useRunningDebuggers(context);
  return (
    <div className="mx-auto max-w-6xl space-y-3 p-3 sm:p-4">
      <h1 className="text-lg font-semibold">Debuggers</h1>
      <p className="max-w-2xl text-sm text-muted">
        A debugger stays in its pod until its own process ends; closing a page or a terminal doesn’t end it. Pods that
        were made for debugging, copies and debuggers of nodes, are deleted when their terminal ends; what is left over
        is here.
      </p>
      {error && <ErrorNotice error={error} {...(list ? { title: 'The list may be out of date' } : {})} />}
      {list?.namespace !== undefined && (
        <Notice
          title={`Only namespace ${list.namespace} was looked into`}
          message="You may not list the pods of all namespaces."
        />
      )}
      {list === undefined && error === undefined && (
        <Centered>
          <Loading />
        </Centered>
      )}
      {list?.debuggers.length === 0 && (
        <Notice title="No debugger runs" next="Start one from a pod: d on the list, or on its page." />
      )}
      {list !== undefined && list.debuggers.length > 0 && (
        <>
          <DebuggerSection
            title="In pods"
            context={context}
            debuggers={list.debuggers.filter(({ kind }) => kind === 'ephemeral')}
            onEnded={refresh}
          />
          <DebuggerSection
            title="Pods made for debugging"
            context={context}
            debuggers={list.debuggers.filter(({ kind }) => kind !== 'ephemeral')}
            onEnded={refresh}
          />
        </>
      )}
    </div>
  );
}

interface DebuggerSectionProps {
  title: string;
  context: string;
  debuggers: RunningDebugger[];
  onEnded(): void;
}

function DebuggerSection({ title, context, debuggers, onEnded }: DebuggerSectionProps) {
  if (debuggers.length === 0) return null;
  return (
    <Section title={title} count={debuggers.length}>
      <ul className="divide-y divide-line">
        {debuggers.map((one) => (
          <DebuggerItem
            key={`${one.namespace}/${one.pod}/${one.container}`}
            context={context}
            one={one}
            onEnded={onEnded}
          />
        ))}
      </ul>
    </Section>
  );
}
