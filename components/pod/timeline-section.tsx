import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { toTimeline } from '#lib/pod-timeline.ts';
import type { Level, PodDetail, PodEvent } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Section } from '../ui/section.tsx';

/** Only entries that need attention are coloured. */
const colours: Record<Level, string> = { ok: '', done: '', pending: 'text-pending', problem: 'text-problem' };

export interface TimelineSectionProps {
  pod: PodDetail;
  events: PodEvent[];
}

/** The history of the pod: its events, its containers' starts and ends, its debuggers and conditions. */
export function TimelineSection({ pod, events }: TimelineSectionProps) {
  const [onlyTroubles, setOnlyTroubles] = useState(false);
  const all = useMemo(() => toTimeline(pod, events), [pod, events]);
  const shown = onlyTroubles ? all.filter(({ level }) => level === 'problem' || level === 'pending') : all;
  return (
    <Section
      title="Timeline"
      count={shown.length}
      actions={<CheckField label="Only troubles" isChecked={onlyTroubles} onChange={setOnlyTroubles} />}
    >
      {shown.length === 0 && <p className="px-4 py-3 text-sm text-muted">No troubles that anybody still knows of.</p>}
      <ul className="divide-y divide-line">
        {shown.map(({ key, at, what, text, level, container, count }) => (
          <li
            key={key}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 px-3 py-2 text-sm sm:grid-cols-[4.5rem_10rem_minmax(0,1fr)] sm:px-4"
          >
            <span className="text-xs leading-5 text-muted">
              <Age at={at} />
              {count > 1 && ` ×${count}`}
            </span>
            <span className={clsx('font-medium break-words', colours[level])}>{what}</span>
            <span className="min-w-0 break-words max-sm:col-start-2">
              {text}
              {container && <span className="text-xs text-muted"> · {container}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-3 py-2 text-xs text-muted sm:px-4">
        A cluster keeps events for about an hour; starts, ends and conditions are from the pod’s own status.
      </p>
    </Section>
  );
}
