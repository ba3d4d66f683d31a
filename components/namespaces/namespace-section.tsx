'use client';

import { Bookmark, Download, RefreshCw } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { NamespaceMatrix } from '#lib/namespaces/compare.ts';
import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { type NamespaceSnapshot, toSnapshot } from '#lib/namespaces/snapshot.ts';
import type { PodDetail } from '#lib/pods.ts';
import type { Answer } from '../connection/use-answer.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { NamespacePictureView } from './namespace-picture.tsx';
import { saveOnDemand } from './save-on-demand.ts';
import { useSnapshotStore } from './snapshot-store.ts';

// Fetched on demand, because most people keep no snapshot.
const KeptSnapshot = dynamic(() => import('./kept-snapshot.tsx').then((module) => module.KeptSnapshot));

export interface NamespaceSectionProps {
  context: string;
  pod: PodDetail;
  matrix: NamespaceMatrix;
  observation: Answer<NamespaceObservation>;
  onDebug(target: string): void;
}

export function NamespaceSection({ context, pod, matrix, observation, onDebug }: NamespaceSectionProps) {
  const { value, error } = observation;
  const kept = useSnapshotStore((store) => store.kept);
  const snapshot = value && toSnapshot(context, pod, value);
  return (
    <Section
      title="Namespaces"
      actions={
        <>
          <ReadingStatus observation={observation} />
          <ReportButtons pod={pod} matrix={matrix} observation={value} />
          <KeepButton snapshot={snapshot} />
          <Button size="small" onClick={observation.refresh} disabled={observation.isAsking}>
            <RefreshCw size={13} aria-hidden /> Read again
          </Button>
        </>
      }
    >
      <p className="px-3 pt-2.5 text-xs text-muted sm:px-4">
        Equal letters in a row are one and the same namespace. A solid letter was read from /proc; a dashed one is what
        the kubelet’s rules say.
      </p>
      {error && (
        <div className="p-3 sm:px-4">
          <ErrorNotice error={error} title="The namespaces could not be read; these are the rules’ word" />
        </div>
      )}
      <MatrixTable pod={pod} matrix={matrix} />
      <Unreadable pod={pod} matrix={matrix} onDebug={onDebug} />
      {snapshot && kept !== undefined && kept.at !== snapshot.at && <KeptSnapshot kept={kept} now={snapshot} />}
      <NamespacePictureView pod={pod} matrix={matrix} />
    </Section>
  );
}

function ReadingStatus({ observation: { value, isAsking } }: Pick<NamespaceSectionProps, 'observation'>) {
  return (
    <span className="text-xs text-muted" role="status">
      {isAsking ? (
        'Reading…'
      ) : value ? (
        <>
          Read <Age at={value.at} suffix=" ago" />
        </>
      ) : (
        'Not read yet'
      )}
    </span>
  );
}

interface ReportButtonsProps extends Pick<NamespaceSectionProps, 'pod' | 'matrix'> {
  observation: NamespaceObservation | undefined;
}

function ReportButtons({ pod, matrix, observation }: ReportButtonsProps) {
  const save = (as: 'saveMarkdown' | 'saveJson') =>
    void saveOnDemand(
      () => import('./save-report.ts'),
      (saver) => saver[as](pod, matrix, observation),
    );
  return (
    <>
      <Button size="small" onClick={() => save('saveMarkdown')}>
        <Download size={13} aria-hidden /> Markdown
      </Button>
      <Button size="small" onClick={() => save('saveJson')}>
        <Download size={13} aria-hidden /> JSON
      </Button>
    </>
  );
}

function KeepButton({ snapshot }: { snapshot: NamespaceSnapshot | undefined }) {
  const keep = useSnapshotStore((store) => store.keep);
  return (
    <Button
      size="small"
      disabled={snapshot === undefined}
      title="To compare with later, after a restart, or with another pod on the node"
      onClick={() => keep(snapshot)}
    >
      <Bookmark size={13} aria-hidden /> Keep
    </Button>
  );
}

/** Why a column is not read. The reasons are also tooltips, but a phone shows none. */
function Unreadable({ pod, matrix, onDebug }: Pick<NamespaceSectionProps, 'pod' | 'matrix' | 'onDebug'>) {
  const reasons = matrix.columns.flatMap(({ name, source }) =>
    source?.kind === 'unreadable' ? [{ name, ...source }] : [],
  );
  if (reasons.length === 0) return null;
  const targets = new Set(
    pod.containers.filter(({ kind }) => kind === 'main' || kind === 'sidecar').map((one) => one.name),
  );
  return (
    <ul aria-label="Not readable" className="space-y-1.5 border-t border-line px-3 py-2.5 text-xs sm:px-4">
      {reasons.map(({ name, why, next }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1 break-words">
          <span className="min-w-0 flex-1 basis-64">
            {why} <span className="text-muted">{next}</span>
          </span>
          {targets.has(name) && (
            <Button size="small" onClick={() => onDebug(name)}>
              Debug {name} with SYS_PTRACE
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
