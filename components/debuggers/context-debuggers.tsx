'use client';

import { Plug, Square } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toWireError } from '#lib/protocol/errors.ts';
import type { RunningDebugger } from '#lib/protocol/events.ts';
import { getConnection } from '../connection/connection.ts';
import { podHref } from '../shell/url-state.ts';
import { attachTerminal } from '../terminal/terminal-actions.ts';
import { useTerminalStore } from '../terminal/terminal-store.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { Centered, Loading } from '../ui/centered.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { useRunningDebuggers } from './use-running-debuggers.ts';

/** Every debugger that runs in a context, whoever started it: to come back to, or to end. */
export function ContextDebuggers({ context }: { context: string }) {
  const { value: list, error, refresh } = useRunningDebuggers(context);
  return (
    <div className="mx-auto max-w-6xl space-y-3 p-3 sm:p-4">
      <h1 className="text-lg font-semibold">Debuggers</h1>
      <p className="max-w-2xl text-sm text-muted">
        A debugger stays in its pod until its own process ends; closing a page or a terminal doesn’t end it.
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
        <Section title="Running" count={list.debuggers.length}>
          <ul className="divide-y divide-line">
            {list.debuggers.map((one) => (
              <DebuggerItem
                key={`${one.namespace}/${one.pod}/${one.container}`}
                context={context}
                one={one}
                onEnded={refresh}
              />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

interface DebuggerItemProps {
  context: string;
  one: RunningDebugger;
  onEnded(): void;
}

function DebuggerItem({ context, one, onEnded }: DebuggerItemProps) {
  const [isEnding, setEnding] = useState(false);
  const { namespace, pod, container, terminal } = one;
  const address = { context, namespace, pod, container };
  const end = async () => {
    setEnding(true);
    try {
      await getConnection().ask('debugger:end', address);
    } catch (error) {
      useActionError.getState().show(`Could not end ${container}`, toWireError(error));
    }
    setEnding(false);
    onEnded();
  };
  return (
    <li aria-label={container} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium break-all">{container}</span>
          {one.target && <span className="text-xs text-muted">target {one.target}</span>}
        </p>
        <p className="text-xs break-all text-muted">
          <Link className="underline" href={podHref({ context, namespace, pod })}>
            {namespace}/{pod}
          </Link>
          {one.node && ` on ${one.node}`}
        </p>
      </div>
      <div className="min-w-0 basis-56 text-xs text-muted">
        <p className="break-all">{one.image}</p>
        <p>
          running for <Age at={one.startedAt} />
        </p>
      </div>
      <p className="basis-44 text-xs text-muted">
        {terminal === undefined ? (
          'no terminal here'
        ) : (
          <>
            quiet for <Age at={terminal.quietSince} />,{' '}
            {terminal.viewers === 0
              ? 'nobody looks'
              : `${terminal.viewers} ${terminal.viewers === 1 ? 'page looks' : 'pages look'}`}
          </>
        )}
      </p>
      <div className="flex gap-1.5">
        <Button
          size="small"
          aria-label={`Open ${container}`}
          onClick={() =>
            terminal === undefined ? void attachTerminal(address) : useTerminalStore.getState().show(terminal.session)
          }
        >
          <Plug size={13} aria-hidden /> Open
        </Button>
        <Button size="small" aria-label={`End ${container}`} disabled={isEnding} onClick={() => void end()}>
          <Square size={13} aria-hidden /> {isEnding ? 'Ending…' : 'End'}
        </Button>
      </div>
    </li>
  );
}
