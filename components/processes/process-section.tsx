'use client';

import dynamic from 'next/dynamic';
import { useMemo, useRef, useState } from 'react';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import type { PodDetail } from '#lib/pods.ts';
import { commandOf, processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess } from '#lib/processes/process-detail.ts';
import { type TreeRow, toTree } from '#lib/processes/tree.ts';
import type { PodLink } from '../links/pod-links.ts';
import { containerName } from '../ui/container-name.ts';
import { ListChoice } from '../ui/list-choice.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Section } from '../ui/section.tsx';
import { useLookedAt } from '../ui/use-looked-at.ts';
import { ProcessTable } from './process-table.tsx';
import { type PodProcesses, useProcesses } from './use-processes.ts';

const ProcessDialog = dynamic(() => import('./process-dialog.tsx').then((module) => module.ProcessDialog));

const orders = [
  { value: 'tree', label: 'as a tree' },
  { value: 'cpu', label: 'by CPU' },
  { value: 'memory', label: 'by memory' },
] as const;
type Order = (typeof orders)[number]['value'];

export interface ProcessSectionProps {
  link: PodLink;
  pod: PodDetail;
  observation: NamespaceObservation | undefined;
}

/** What runs in the pod, live while it is looked at. */
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
  const { unreadable, state } = live;
  // What was read for the namespaces, until this is looked at, and again where that is newer.
  const still = useMemo(() => observation && toStill(observation), [observation]);
  const { processes, nodeStartedAt, unlisted } = still !== undefined && still.at > live.at ? still : live;
  const rows = useMemo(() => arrange(processes ?? [], order, text), [processes, order, text]);
  const now = opened && processes?.find((process) => processKey(process) === processKey(opened));
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
        {state.kind === 'stale' && (
          <div className="p-3 sm:px-4">
            <ErrorNotice error={state.error} title="The processes could not be read" />
          </div>
        )}
        {rows.length > 0 ? (
          <ProcessTable rows={rows} nodeStartedAt={nodeStartedAt} onOpen={setOpened} />
        ) : (
          <p className="px-4 py-3 text-sm text-muted">{emptyWords(processes, running, text)}</p>
        )}
        {unlisted > 0 && (
          <p className="border-t border-line px-3 py-2 text-xs text-muted sm:px-4">
            {unlisted.toLocaleString()} more {unlisted === 1 ? 'process is' : 'processes are'} not listed here: more
            than anybody reads. “ps” in a terminal has them all.
          </p>
        )}
        {unreadable.length > 0 && processes !== undefined && processes.length > 0 && (
          <p className="border-t border-line px-3 py-2 text-xs text-muted sm:px-4">
            Not read from inside: {unreadable.map(({ container }) => container).join(', ')}. What other containers see
            of {unreadable.length === 1 ? 'it' : 'them'} is here.
          </p>
        )}
        {opened && (
          <ProcessDialog
            link={link}
            process={now ?? opened}
            hasEnded={processes !== undefined && now === undefined}
            startedAt={nodeStartedAt + opened.startTicks * 10}
            observation={observation}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Section>
    </div>
  );
}

/** The processes of one reading, which does not tell what they do now. */
function toStill({
  at,
  nodeStartedAt,
  processes,
  unlisted,
}: NamespaceObservation): Pick<PodProcesses, 'at' | 'processes' | 'nodeStartedAt' | 'unlisted'> {
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

function arrange(processes: LiveProcess[], order: Order, text: string): TreeRow<LiveProcess>[] {
  const wanted = text.trim().toLowerCase();
  const rows =
    order === 'tree'
      ? toTree(processes)
      : [...processes]
          .sort((a, b) => amount(b, order) - amount(a, order) || a.pid - b.pid)
          .map((process) => ({ process, depth: 0 }));
  return wanted === '' ? rows : rows.filter(({ process }) => hasText(process, wanted));
}

function amount({ cpuPercent, residentKiB }: LiveProcess, order: 'cpu' | 'memory'): number {
  return (order === 'cpu' ? cpuPercent : residentKiB) ?? 0;
}

function hasText(process: LiveProcess, wanted: string): boolean {
  const user = process.uid === 0 ? 'root' : String(process.uid);
  return (
    commandOf(process).toLowerCase().includes(wanted) ||
    containerName(process.container).includes(wanted) ||
    user === wanted ||
    String(process.pid) === wanted
  );
}
