import { useMemo } from 'react';
import type { TerminalSummary } from '#lib/terminal/summary.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { AbilityList } from '../debug/ability-list.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { LaunchPath } from './launch-path.tsx';
import { StartWaterfall } from './start-waterfall.tsx';

/** Shows how a debugger was started, step by step, and which abilities it has, tried in its container. */
export function AboutDialog({ summary, onClose }: { summary: TerminalSummary; onClose(): void }) {
  const { context, namespace, pod: name, container, target, state, timeline, command } = summary;
  const link = useMemo(() => ({ context, namespace, pod: name }), [context, namespace, name]);
  const { last: pod } = usePod(link);
  return (
    <Dialog wide title={container} description={`${namespace}/${name}`} onClose={onClose}>
      <div className="grid gap-x-6 gap-y-5 p-4 md:grid-cols-2">
        <section aria-label="How it started" className="min-w-0 md:col-span-2">
          <h3 className="mb-2 text-sm font-medium">How it started</h3>
          {timeline.length === 0 ? (
            <p className="text-sm text-muted">It was started elsewhere, or before this server: nobody has timed it.</p>
          ) : (
            <StartWaterfall steps={timeline} />
          )}
        </section>
        <section aria-label="The way of the request" className="min-w-0">
          <h3 className="mb-2 text-sm font-medium">The way of the request</h3>
          {pod && <LaunchPath pod={pod} container={container} target={target} madePod={summary.madePod} />}
        </section>
        <section aria-label="What it can do" className="min-w-0">
          <h3 className="mb-2 text-sm font-medium">What it can do, tried just now</h3>
          {state.kind === 'live' ? (
            <Observed {...link} container={container} />
          ) : (
            <p className="text-sm text-muted">That can be tried only while it runs.</p>
          )}
        </section>
        <section aria-label="The same with kubectl" className="min-w-0 md:col-span-2">
          <h3 className="mb-2 text-sm font-medium">The same with kubectl</h3>
          <CommandLine command={command} label="kubectl command" />
        </section>
      </div>
    </Dialog>
  );
}

function Observed(address: { context: string; namespace: string; pod: string; container: string }) {
  const { value, error } = useAnswer('abilities:observe', address);
  if (error) return <ErrorNotice error={error} />;
  if (value === undefined)
    return (
      <p role="status" className="text-sm text-muted">
        Trying…
      </p>
    );
  return <AbilityList label="What it can do" abilities={value} where="pod" />;
}
