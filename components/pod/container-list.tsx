'use client';

import type { ContainerKind, PodDetail } from '#lib/pods.ts';
import type { PodLink } from '../links/pod-links.ts';
import { Section } from '../ui/section.tsx';
import { ContainerActions, type ContainerActionsProps } from './container-actions.tsx';
import { ContainerStateText } from './container-state-text.tsx';

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

function ContainerItem({ container, link, onDebug }: ContainerActionsProps) {
  const { state } = container;
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
        <ContainerStateText state={state} ready={container.ready} kind={container.kind} />
        {container.restarts > 0 && (
          <p className="text-xs text-muted">
            {container.restarts} {container.restarts === 1 ? 'restart' : 'restarts'}
          </p>
        )}
      </div>
      <ContainerActions container={container} link={link} onDebug={onDebug} />
      {'message' in state && state.message && (
        <p className="basis-full text-xs break-words whitespace-pre-wrap text-muted">{state.message}</p>
      )}
    </li>
  );
}
