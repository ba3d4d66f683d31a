import { clsx } from 'clsx';
import type { PodEvent } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';

export function EventList({ events }: { events: PodEvent[] }) {
  if (events.length === 0) {
    return <p className="px-4 py-3 text-sm text-muted">None. A cluster keeps events for about an hour.</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {events.map((event) => (
        <li
          key={event.uid}
          className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 px-3 py-2 text-sm sm:grid-cols-[4.5rem_10rem_minmax(0,1fr)] sm:px-4"
        >
          <span className="text-xs leading-5 text-muted">
            <Age at={event.at} />
            {event.count > 1 && ` ×${event.count}`}
          </span>
          <span className={clsx('font-medium', event.type === 'Warning' && 'text-problem')}>{event.reason}</span>
          <span className="min-w-0 break-words max-sm:col-start-2">
            {event.message}
            {event.container && <span className="text-xs text-muted"> · {event.container}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
