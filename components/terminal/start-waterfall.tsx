import { type StartStep, type StartStepName, type StepSource, toBars } from '#lib/debug/start-timeline.ts';

const words: Record<StartStepName, string> = {
  asked: 'Asked for',
  accepted: 'Taken by the API server',
  scheduled: 'Given to a node',
  pulling: 'Pulling the image',
  pulled: 'Image there',
  created: 'Container created',
  started: 'Container started',
  running: 'Pod’s status says Running',
  attached: 'Attached',
  output: 'First output',
};
const sources: Record<StepSource, string> = {
  dashboard: 'seen here',
  event: 'event',
  status: 'pod’s status',
};

/** A waterfall: the bar of each step begins at the time of the step before. */
export function StartWaterfall({ steps }: { steps: StartStep[] }) {
  const bars = toBars(steps);
  const all = Math.max(1, bars.at(-1)?.to ?? 1);
  return (
    <>
      <ol className="space-y-1 text-xs">
        {bars.map(({ step, from, to }) => (
          <li
            key={step.name}
            className="grid grid-cols-[minmax(0,1fr)_4.5rem] items-center gap-x-3 sm:grid-cols-[10.5rem_minmax(0,1fr)_4.5rem_10.5rem]"
          >
            <span className="min-w-0 break-words">{words[step.name]}</span>
            <span className="relative h-3 rounded bg-raised max-sm:order-last max-sm:col-span-2" aria-hidden>
              <span
                className="absolute inset-y-0 min-w-0.5 rounded bg-accent"
                style={{ left: `${(from / all) * 100}%`, width: `${((to - from) / all) * 100}%` }}
              />
            </span>
            <span className="text-right tabular-nums">{formatMs(to)}</span>
            <span className="text-muted max-sm:hidden">
              {sources[step.source]}
              {step.stamp !== undefined && `, says ${new Date(step.stamp).toLocaleTimeString([], { hour12: false })}`}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 text-xs text-muted">
        Times are when this dashboard learned of a step. The cluster’s own are whole seconds, and its status comes later
        than what it tells of.
      </p>
    </>
  );
}

function formatMs(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
