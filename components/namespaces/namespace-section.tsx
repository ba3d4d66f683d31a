'use client';

import { RefreshCw } from 'lucide-react';
import type { NamespaceMatrix } from '#lib/namespaces/compare.ts';
import type { PodDetail } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { MatrixTable } from './matrix-table.tsx';
import type { Observation } from './use-observation.ts';

export interface NamespaceSectionProps {
  pod: PodDetail;
  matrix: NamespaceMatrix;
  observation: Observation;
}

export function NamespaceSection({ pod, matrix, observation }: NamespaceSectionProps) {
  const { value, error, isReading, refresh } = observation;
  return (
    <Section
      title="Namespaces"
      actions={
        <>
          <span className="text-xs text-muted" role="status">
            {isReading ? (
              'Reading…'
            ) : value ? (
              <>
                Read <Age at={value.at} suffix=" ago" />
              </>
            ) : (
              'Not read yet'
            )}
          </span>
          <Button size="small" onClick={refresh} disabled={isReading}>
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
      <Unreadable matrix={matrix} />
    </Section>
  );
}

/** Why a column is not read, in the open: a tooltip is nothing on a phone. */
function Unreadable({ matrix }: { matrix: NamespaceMatrix }) {
  const reasons = matrix.columns.flatMap(({ name, source }) =>
    source?.kind === 'unreadable' ? [{ name, ...source }] : [],
  );
  if (reasons.length === 0) return null;
  return (
    <ul aria-label="Not readable" className="space-y-1 border-t border-line px-3 py-2.5 text-xs sm:px-4">
      {reasons.map(({ name, why, next }) => (
        <li key={name} className="break-words">
          {why} <span className="text-muted">{next}</span>
        </li>
      ))}
    </ul>
  );
}
