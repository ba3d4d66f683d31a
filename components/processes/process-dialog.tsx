import { type ReactNode, useState } from 'react';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { commandOf } from '#lib/processes/observed-process.ts';
import type { LiveProcess, ProcessDetail } from '#lib/processes/process-detail.ts';
import { useAnswer } from '../connection/use-answer.ts';
import type { PodLink } from '../links/pod-links.ts';
import { containerName } from '../ui/container-name.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { EnvironmentView } from './environment-view.tsx';
import { ProcessCapabilities } from './process-capabilities.tsx';
import { ProcessFacts } from './process-facts.tsx';
import { ProcessNamespaces } from './process-namespaces.tsx';
import { Limits, OpenFiles } from './process-resources.tsx';
import { SignalForm } from './signal-form.tsx';

export interface ProcessDialogProps {
  link: PodLink;
  process: LiveProcess;
  hasEnded: boolean;
  /** Milliseconds since 1970. */
  startedAt: number;
  observation: NamespaceObservation | undefined;
  onClose(): void;
}

/** Everything that the kernel shows about one process, and a form that sends it signals. */
export function ProcessDialog({ link, process, hasEnded, startedAt, observation, onClose }: ProcessDialogProps) {
  const { pid, startTicks, seenFrom } = process;
  // Fixed at the click, because a later process can have the same pid.
  const [address] = useState({
    context: link.context,
    namespace: link.namespace,
    pod: link.pod,
    container: seenFrom,
    pid,
    startTicks,
  });
  const { value: detail, error } = useAnswer('process:read', address);
  return (
    <Dialog
      wide
      title={<span className="font-mono break-all">{process.name || commandOf(process)}</span>}
      description={`Process ${pid} of ${containerName(process.container)}, as ${seenFrom} sees it`}
      onClose={onClose}
    >
      <div className="grid gap-x-6 gap-y-5 p-4 text-sm md:grid-cols-2">
        {hasEnded && (
          <div className="md:col-span-2">
            <Notice tone="pending" title="This process has ended" message="What you see is how it last was." />
          </div>
        )}
        {error && !hasEnded && (
          <div className="md:col-span-2">
            <ErrorNotice error={error} title="Not all of it could be read" />
          </div>
        )}
        <Part title="Command" wide>
          <CommandWords process={process} detail={detail} />
        </Part>
        <Part title="Now">
          <ProcessFacts process={process} detail={detail} startedAt={startedAt} />
        </Part>
        <Part title="Signals">
          {detail ? (
            <SignalForm address={address} process={process} detail={detail} hasEnded={hasEnded} />
          ) : (
            <Waiting isOver={error !== undefined} />
          )}
        </Part>
        <Part title="Capabilities">
          {detail ? <ProcessCapabilities detail={detail} /> : <Waiting isOver={error !== undefined} />}
        </Part>
        <Part title="Namespaces">
          <ProcessNamespaces process={process} observation={observation} />
        </Part>
        <Part title="Open files">
          {detail ? <OpenFiles files={detail.openFiles} /> : <Waiting isOver={error !== undefined} />}
        </Part>
        <Part title="Limits">{detail ? <Limits detail={detail} /> : <Waiting isOver={error !== undefined} />}</Part>
        <Part title="Environment" wide>
          <EnvironmentView address={address} hasEnded={hasEnded} />
        </Part>
      </div>
    </Dialog>
  );
}

function Part({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section aria-label={title} className={wide ? 'min-w-0 md:col-span-2' : 'min-w-0'}>
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Waiting({ isOver }: { isOver: boolean }) {
  return (
    <p className="text-muted" role="status">
      {isOver ? 'Not read.' : 'Reading…'}
    </p>
  );
}

/** Shows each argument apart, because many bugs are in where one ends and the next begins. */
function CommandWords({ process, detail }: { process: LiveProcess; detail: ProcessDetail | undefined }) {
  const words = detail?.arguments ?? [];
  if (words.length === 0) return <p className="font-mono text-xs break-all">{commandOf(process)}</p>;
  return (
    <ScrollRegion label="All arguments" className="max-h-40 overflow-auto">
      <ol aria-label="Arguments" className="flex flex-wrap gap-1">
        {words.map((word, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: arguments have no other name than their place
            key={index}
            className="max-w-full rounded border border-line bg-raised px-1.5 py-px font-mono text-xs break-all whitespace-pre-wrap"
          >
            {word === '' ? <span className="text-muted">(empty)</span> : word}
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}
