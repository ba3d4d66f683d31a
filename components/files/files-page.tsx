'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { isFilePath } from '#lib/files/file-path.ts';
import { fileReaders, readerWords } from '#lib/files/file-readers.ts';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { useObservation } from '../namespaces/use-observation.ts';
import { ContainerGate } from '../page-frame/pod-gate.tsx';
import { PodSubpage } from '../page-frame/pod-subpage.tsx';
import { Button } from '../ui/button.tsx';
import { toChoices } from '../ui/choice-field.tsx';
import { ListChoice } from '../ui/list-choice.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { toFileAddress } from './file-address.ts';
import { OpenedPath } from './opened-path.tsx';

export function FilesPage() {
  return <ContainerGate>{(link, container) => <ContainerFiles link={link} container={container} />}</ContainerGate>;
}

function ContainerFiles({ link, container }: { link: PodLink; container: string }) {
  const { pod, state } = usePod(link);
  const { value: observation, error } = useObservation(link, pod ?? undefined);
  const isRunning = pod?.containers.find(({ name }) => name === container)?.state.kind === 'running';
  return (
    <PodSubpage link={link} title={<>Files of {container}</>} state={state} isAsTallAsWindow>
      {pod === null && (
        <Notice tone="problem" title={`Pod ${link.pod} is gone`} next="Go to the list of pods." href="/" />
      )}
      {error && <ErrorNotice error={error} title="It could not be found out how to read them" />}
      {pod && !isRunning && (
        <Notice
          title={`${container} does not run`}
          message="Its files are gone with it, but for its volumes."
          next="Look at them through a container that runs, or in a copy of the pod."
        />
      )}
      {pod && isRunning && observation === undefined && !error && (
        <p role="status" className="text-sm text-muted">
          Looking for a way to read them…
        </p>
      )}
      {pod && isRunning && observation && <ThroughReader link={link} container={container} observation={observation} />}
    </PodSubpage>
  );
}

interface ThroughReaderProps {
  link: PodLink;
  container: string;
  observation: NamespaceObservation;
}

function ThroughReader({ link, container, observation }: ThroughReaderProps) {
  const asked = useSearchParams().get('path') ?? '/';
  const path = isFilePath(asked) ? asked : '/';
  const readers = fileReaders(container, observation);
  const [chosen, setChosen] = useState('');
  const reader = readers.find((one) => readerWords(one) === chosen) ?? readers[0];
  if (reader === undefined) return <NoReader link={link} container={container} observation={observation} />;
  const address = toFileAddress(link, reader, path);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
        Read through
        {readers.length === 1 ? (
          <span className="text-text">{readerWords(reader)}</span>
        ) : (
          <ListChoice
            label="Read through"
            value={readerWords(reader)}
            choices={toChoices(readers.map(readerWords))}
            onChange={setChosen}
          />
        )}
      </p>
      <OpenedPath key={JSON.stringify(address)} address={address} container={container} />
    </>
  );
}

function NoReader({ link, container, observation }: ThroughReaderProps) {
  const startDebug = useDebugStore((store) => store.open);
  const source = observation.containers[container]?.source;
  const why = source?.kind === 'unreadable' ? source.why : 'No container of the pod may open its root.';
  return (
    <Notice
      title={`The files of ${container} can’t be read yet`}
      message={why}
      next="A debugger that targets it, with SYS_PTRACE, reads them from outside."
    >
      <Button size="small" onClick={() => startDebug({ ...link, target: container, profile: 'general' })}>
        Debug {container} with SYS_PTRACE
      </Button>
    </Notice>
  );
}
