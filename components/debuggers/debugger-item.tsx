import { Plug, Square, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ContainerAddress } from '#lib/debug/kubectl.ts';
import type { RunningDebugger } from '#lib/debug/running-debuggers.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import { getConnection } from '../connection/connection.ts';
import { type PodLink, podHref } from '../links/pod-links.ts';
import { attachTerminal } from '../open-terminals/open-terminal.ts';
import { useTerminalStore } from '../open-terminals/terminal-store.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';

export interface DebuggerItemProps {
  context: string;
  one: RunningDebugger;
  onEnded(): void;
}

/** A debugger, with buttons to come back to it and to end it. */
export function DebuggerItem({ context, one, onEnded }: DebuggerItemProps) {
  const { kind, namespace, pod, container, terminal } = one;
  const link = { context, namespace, pod };
  const name = kind === 'ephemeral' ? (container ?? pod) : pod;
  return (
    <li aria-label={name} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium break-all">{name}</span>
          <span className="text-xs text-muted">{toWords(one)}</span>
        </p>
        <p className="text-xs break-all text-muted">
          <Link className="underline" href={podHref(link)}>
            {namespace}/{pod}
          </Link>
          {one.node && ` on ${one.node}`}
        </p>
      </div>
      <div className="min-w-0 basis-56 text-xs text-muted">
        <p className="break-all">{one.image}</p>
        <p>
          {one.status ?? 'running'} for <Age at={one.startedAt} />
        </p>
      </div>
      <p className="basis-44 text-xs text-muted">
        <TerminalWords terminal={terminal} />
      </p>
      <div className="flex gap-1.5">
        {container !== undefined && (
          <Button
            size="small"
            aria-label={`Open ${name}`}
            disabled={one.status !== undefined && one.status !== 'Running'}
            onClick={() => open({ ...link, container }, terminal)}
          >
            <Plug size={13} aria-hidden /> Open
          </Button>
        )}
        <EndButton name={name} link={link} one={one} onEnded={onEnded} />
      </div>
    </li>
  );
}

interface EndButtonProps {
  name: string;
  link: PodLink;
  one: RunningDebugger;
  onEnded(): void;
}

/** Ends the process of a debugger; deletes a pod that was made for debugging. */
function EndButton({ name, link, one: { kind, container }, onEnded }: EndButtonProps) {
  const [isEnding, setEnding] = useState(false);
  const isMade = kind !== 'ephemeral';
  const end = async () => {
    setEnding(true);
    try {
      if (isMade) await getConnection().ask('debug-pod:delete', link);
      else if (container !== undefined) await getConnection().ask('debugger:end', { ...link, container });
    } catch (error) {
      useActionError.getState().show(`Could not ${isMade ? 'delete' : 'end'} ${name}`, toWireError(error));
    }
    setEnding(false);
    onEnded();
  };
  if (isMade)
    return (
      <Button size="small" aria-label={`Delete ${name}`} disabled={isEnding} onClick={() => void end()}>
        <Trash2 size={13} aria-hidden /> {isEnding ? 'Deleting…' : 'Delete'}
      </Button>
    );
  return (
    <Button size="small" aria-label={`End ${name}`} disabled={isEnding} onClick={() => void end()}>
      <Square size={13} aria-hidden /> {isEnding ? 'Ending…' : 'End'}
    </Button>
  );
}

function toWords({ kind, target, copiedFrom }: RunningDebugger): string {
  if (kind === 'node') return 'debugger of a node';
  if (kind === 'copy') return copiedFrom === undefined ? 'copy' : `copy of ${copiedFrom}`;
  return target === undefined ? '' : `target ${target}`;
}

function TerminalWords({ terminal }: Pick<RunningDebugger, 'terminal'>) {
  if (terminal === undefined) return 'no terminal here';
  const { viewers, quietSince } = terminal;
  const looking = viewers === 0 ? 'nobody looks' : `${viewers} ${viewers === 1 ? 'page looks' : 'pages look'}`;
  return (
    <>
      quiet for <Age at={quietSince} />, {looking}
    </>
  );
}

function open(address: ContainerAddress, terminal: RunningDebugger['terminal']): void {
  if (terminal === undefined) void attachTerminal(address);
  else useTerminalStore.getState().show(terminal.session);
}
