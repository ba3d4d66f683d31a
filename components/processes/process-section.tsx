'use client';

import dynamic from 'next/dynamic';
import { useMemo, useRef, useState } from 'react';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess } from '#lib/processes/process-detail.ts';
import type { PodLink } from '../links/pod-links.ts';
import { ListChoice } from '../ui/list-choice.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Section } from '../ui/section.tsx';
import { useLookedAt } from '../ui/use-looked-at.ts';
import { arrangeProcesses, type Order, orders } from './arrange-processes.ts';
import { ProcessTable } from './process-table.tsx';
import { type PodProcesses, useProcesses } from './use-processes.ts';

const ProcessDialog = dynamic(() => import('./process-dialog.tsx').then((module) => module.ProcessDialog));

export interface ProcessSectionProps {
  link: PodLink;
  pod: PodDetail;
  observation: NamespaceObservation | undefined;
}

/** What runs in the pod, live while the section is visible. */
export function ProcessSection({ link, pod, observation }: ProcessSectionProps) {
  const box = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>('tree');
  const [opened, setOpened] = useState<LiveProcess>();
  const running = pod.containers
    .filter(({ state }) => state.kind === 'running')
    .map(({ containerId }) => containerId)
    .join(' ');
  const live = useProcesses(link, running, useLookedAt(box));
  const list = useNewest(live, observation);
  const { processes, nodeStartedAt } = list;
  const rows = useMemo(() => arrangeProcesses(processes ?? [], order, text), [processes, order, text]);
  return (
    <div ref={box}>
      <Section
        title="Processes"
        count={processes?.length}
        actions={
          <>
            <SearchField
              field={search}
              label="Filter processes"
              placeholder="Filter"
              value={text}
              onChange={setText}
              className="w-40"
            />
            <ListChoice<Order> label="Order" value={order} choices={orders} onChange={setOrder} />
          </>
        }
      >
        {live.state.kind === 'stale' && (
          <div className="p-3 sm:px-4">
            <ErrorNotice error={live.state.error} title="The processes could not be read" />
          </div>
        )}
        {rows.length > 0 ? (
          <ProcessTable rows={rows} nodeStartedAt={nodeStartedAt} onOpen={setOpened} />
        ) : (
          <p className="px-4 py-3 text-sm text-muted">{emptyWords(processes, running, text)}</p>
        )}
        <Gaps list={list} unreadable={live.unreadable} />
        {opened && (
          <OpenedProcess
            link={link}
            list={list}
            opened={opened}
            observation={observation}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Section>
    </div>
  );
}

type ProcessList = Pick<PodProcesses, 'at' | 'processes' | 'nodeStartedAt' | 'unlisted'>;

/** The live processes, or those that were read with the namespaces where these are newer. */
function useNewest(live: PodProcesses, observation: NamespaceObservation | undefined): ProcessList {
  const still = useMemo(() => observation && toStill(observation), [observation]);
  return still !== undefined && still.at > live.at ? still : live;
}

/** One reading says nothing about the processor: that takes two. */
function toStill({ at, nodeStartedAt, processes, unlisted }: NamespaceObservation): ProcessList {
  return {
    at,
    nodeStartedAt,
    unlisted,
    processes: processes.map((process) => ({ ...process, cpuPercent: undefined })),
  };
}

function emptyWords(processes: LiveProcess[] | undefined, running: string, text: string): string {
  if (running === '') return 'No container runs.';
  if (processes === undefined) return 'Reading…';
  if (processes.length > 0) return `No process has “${text}” in its command, container, user or pid.`;
  return 'No container of this pod has a shell that could be asked. A debugger with a target sees the target’s processes.';
}

/** Which processes the table lacks. */
function Gaps({ list, unreadable }: { list: ProcessList; unreadable: PodProcesses['unreadable'] }) {
  const { processes, unlisted } = list;
  return (
    <>
      {unlisted > 0 && (
        <p className="border-t border-line px-3 py-2 text-xs text-muted sm:px-4">
          {unlisted.toLocaleString()} more {unlisted === 1 ? 'process is' : 'processes are'} not listed here: more than
          anybody reads. “ps” in a terminal has them all.
        </p>
      )}
      {unreadable.length > 0 && processes !== undefined && processes.length > 0 && (
        <p className="border-t border-line px-3 py-2 text-xs text-muted sm:px-4">
          Not read from inside: {unreadable.map(({ container }) => container).join(', ')}. What other containers see of{' '}
          {unreadable.length === 1 ? 'it' : 'them'} is here.
        </p>
      )}
    </>
  );
}

interface OpenedProcessProps {
  link: PodLink;
  list: ProcessList;
  /** The process as it was when it was opened. */
  opened: LiveProcess;
  observation: NamespaceObservation | undefined;
  onClose(): void;
}

function OpenedProcess({ link, list, opened, observation, onClose }: OpenedProcessProps) {
  const { processes, nodeStartedAt } = list;
  const now = processes?.find((process) => processKey(process) === processKey(opened));
  return (
    <ProcessDialog
      link={link}
      process={now ?? opened}
      hasEnded={processes !== undefined && now === undefined}
      startedAt={nodeStartedAt + opened.startTicks * 10}
      observation={observation}
      onClose={onClose}
    />
  );
}
