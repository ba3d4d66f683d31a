import { type ObservedProcess, sandboxColumn } from '#lib/namespaces/observation.ts';
import type { WireError } from '#lib/protocol/errors.ts';

export interface ProcessTableProps {
  processes: ObservedProcess[] | undefined;
  error: WireError | undefined;
}

/** All processes that any shell in the pod sees, each once. */
export function ProcessTable({ processes, error }: ProcessTableProps) {
  if (processes === undefined) {
    return <p className="px-4 py-3 text-sm text-muted">{error ? 'Nothing could be read.' : 'Not read yet.'}</p>;
  }
  if (processes.length === 0) {
    return (
      <p className="px-4 py-3 text-sm text-muted">
        No container of this pod has a shell that could be asked. A debugger with a target sees the target’s processes.
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label="Process table" tabIndex={0} className="relative max-h-96 overflow-auto">
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
          <tr>
            {['PID', 'Parent', 'User', 'Container', 'Command', 'Seen from'].map((name) => (
              <th key={name} scope="col" className="px-2 py-2 font-normal first:pl-3 sm:first:pl-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {processes.map((process) => (
            <tr key={`${process.seenFrom} ${process.pid}`} className="border-t border-line">
              <td className="px-2 py-1 pl-3 tabular-nums sm:pl-4">{process.pid}</td>
              <td className="px-2 py-1 text-muted tabular-nums">{process.ppid}</td>
              <td className="px-2 py-1 text-muted tabular-nums">{process.uid}</td>
              <td className="px-2 py-1 whitespace-nowrap">{nameOf(process.container)}</td>
              <td className="max-w-96 min-w-40 truncate px-2 py-1 font-mono text-xs" title={process.commandLine}>
                {process.commandLine || '(no command line)'}
              </td>
              <td className="px-2 py-1 whitespace-nowrap text-muted">{process.seenFrom}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function nameOf(container: string | undefined): string {
  if (container === undefined) return 'not of this pod';
  return container === sandboxColumn ? 'sandbox' : container;
}
