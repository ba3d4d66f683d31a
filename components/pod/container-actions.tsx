import { Bug, FolderOpen, Plug, ScrollText, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import type { ContainerDetail } from '#lib/pods.ts';
import { filesHref, logsHref, type PodLink } from '../links/pod-links.ts';
import { attachTerminal, openShell } from '../open-terminals/open-terminal.ts';
import { Button, buttonClass } from '../ui/button.tsx';

export interface ContainerActionsProps {
  container: ContainerDetail;
  link: PodLink;
  onDebug(target: string): void;
}

/** The actions that the current state of a container allows. */
export function ContainerActions({ container, link, onDebug }: ContainerActionsProps) {
  const { name, kind, state, tty, stdin } = container;
  const address = { ...link, container: name };
  const isRunning = state.kind === 'running';
  const canTarget = isRunning && (kind === 'main' || kind === 'sidecar');
  return (
    <div className="flex flex-wrap gap-1.5 sm:justify-end lg:min-w-92">
      {state.kind !== 'unknown' && (
        <Link
          href={logsHref(link, name)}
          prefetch={false}
          aria-label={`Log of ${name}`}
          className={buttonClass({ size: 'small' })}
        >
          <ScrollText size={13} aria-hidden /> Log
        </Link>
      )}
      {isRunning && (
        <Link
          href={filesHref(link, name)}
          prefetch={false}
          aria-label={`Files of ${name}`}
          className={buttonClass({ size: 'small' })}
        >
          <FolderOpen size={13} aria-hidden /> Files
        </Link>
      )}
      {isRunning && tty && stdin && (
        <Button size="small" onClick={() => void attachTerminal(address)} aria-label={`Attach to ${name}`}>
          <Plug size={13} aria-hidden /> Attach
        </Button>
      )}
      {isRunning && (
        <Button size="small" onClick={() => void openShell(address)} aria-label={`Shell in ${name}`}>
          <SquareTerminal size={13} aria-hidden /> Shell
        </Button>
      )}
      {canTarget && (
        <Button size="small" onClick={() => onDebug(name)} aria-label={`Debug ${name}`}>
          <Bug size={13} aria-hidden /> Debug
        </Button>
      )}
    </div>
  );
}
