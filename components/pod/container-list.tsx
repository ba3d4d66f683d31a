'use client';

import { Bug, FolderOpen, Plug, ScrollText, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import type { ContainerDetail, ContainerKind, ContainerState, Level, PodDetail } from '#lib/pods.ts';
import { filesHref, logsHref, type PodLink } from '../links/pod-links.ts';
import { attachTerminal, openShell } from '../open-terminals/terminal-actions.ts';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { StatusText } from '../ui/status-text.tsx';

const kindWords: Record<ContainerKind, string> = {
  init: 'init',
  sidecar: 'sidecar',
  main: 'main',
  ephemeral: 'debugger',
};

export interface ContainerListProps {
  link: PodLink;
  pod: PodDetail;
  onDebug(target: string): void;
}

export function ContainerList({ link, pod, onDebug }: ContainerListProps) {
  return (
    <Section title="Containers" count={pod.containers.length}>
      <ul className="divide-y divide-line">
        {pod.containers.map((container) => (
          <ContainerItem key={container.name} container={container} link={link} onDebug={onDebug} />
        ))}
      </ul>
    </Section>
  );
}

interface ContainerItemProps {
  container: ContainerDetail;
  link: PodLink;
  onDebug(target: string): void;
}

function ContainerItem({ container, link, onDebug }: ContainerItemProps) {
  const { state } = container;
  const address = { ...link, container: container.name };
  const isRunning = state.kind === 'running';
  const canTarget = isRunning && (container.kind === 'main' || container.kind === 'sidecar');
  return (
    <li aria-label={container.name} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-all">{container.name}</span>
          <span className="rounded bg-raised px-1.5 py-px text-xs text-muted">{kindWords[container.kind]}</span>
          {container.target && <span className="text-xs text-muted">target {container.target}</span>}
        </p>
        <p className="text-xs break-all text-muted">{container.image}</p>
      </div>
      <div className="min-w-0 basis-52">
        <StateText state={state} ready={container.ready} kind={container.kind} />
        {container.restarts > 0 && (
          <p className="text-xs text-muted">
            {container.restarts} {container.restarts === 1 ? 'restart' : 'restarts'}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-1.5 sm:justify-end lg:min-w-92">
        {state.kind !== 'unknown' && (
          <Link
            href={logsHref(link, container.name)}
            prefetch={false}
            aria-label={`Log of ${container.name}`}
            className={buttonClass({ size: 'small' })}
          >
            <ScrollText size={13} aria-hidden /> Log
          </Link>
        )}
        {isRunning && (
          <Link
            href={filesHref(link, container.name)}
            prefetch={false}
            aria-label={`Files of ${container.name}`}
            className={buttonClass({ size: 'small' })}
          >
            <FolderOpen size={13} aria-hidden /> Files
          </Link>
        )}
        {isRunning && container.tty && container.stdin && (
          <Button size="small" onClick={() => void attachTerminal(address)} aria-label={`Attach to ${container.name}`}>
            <Plug size={13} aria-hidden /> Attach
          </Button>
        )}
        {isRunning && (
          <Button size="small" onClick={() => void openShell(address)} aria-label={`Shell in ${container.name}`}>
            <SquareTerminal size={13} aria-hidden /> Shell
          </Button>
        )}
        {canTarget && (
          <Button size="small" onClick={() => onDebug(container.name)} aria-label={`Debug ${container.name}`}>
            <Bug size={13} aria-hidden /> Debug
          </Button>
        )}
      </div>
      {'message' in state && state.message && (
        <p className="basis-full text-xs break-words whitespace-pre-wrap text-muted">{state.message}</p>
      )}
    </li>
  );
}

interface StateTextProps {
  state: ContainerState;
  ready: boolean;
  kind: ContainerKind;
}

function StateText({ state, ready, kind }: StateTextProps) {
  switch (state.kind) {
    case 'running': {
      const isReady = ready || kind === 'ephemeral';
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <StatusText level={isReady ? 'ok' : 'pending'} status={isReady ? 'Running' : 'Running, not ready'} />
          <span className="text-xs text-muted">
            <Age at={state.startedAt} />
          </span>
        </span>
      );
    }
    case 'waiting':
      return (
        <StatusText
          level={state.reason === 'ContainerCreating' || state.reason === 'PodInitializing' ? 'pending' : 'problem'}
          status={state.reason}
        />
      );
    case 'terminated': {
      const level: Level = state.exitCode === 0 || kind === 'ephemeral' ? 'done' : 'problem';
      return (
        <span className="flex flex-wrap items-center gap-x-2">
          <StatusText level={level} status={`${state.reason}, exit code ${state.exitCode}`} />
          {state.finishedAt !== undefined && (
            <span className="text-xs text-muted">
              <Age at={state.finishedAt} suffix=" ago" />
            </span>
          )}
        </span>
      );
    }
    case 'unknown':
      return <StatusText level="pending" status="Not reported yet" />;
  }
}
