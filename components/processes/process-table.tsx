import { clsx } from 'clsx';
import { memo } from 'react';
import { formatBytes } from '#lib/format-bytes.ts';
import { commandOf, processKey } from '#lib/processes/observed-process.ts';
import type { LiveProcess } from '#lib/processes/process-detail.ts';
import { stateWord } from '#lib/processes/state-words.ts';
import type { TreeRow } from '#lib/processes/tree.ts';
import { Age } from '../ui/age.tsx';
import { containerName } from '../ui/container-name.ts';
import { HeadCell } from '../ui/head-cell.tsx';
import { moveByArrows } from '../ui/move-by-arrows.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** Branches that are deeper than this get no further indent, so that the command stays in sight. */
const maxIndent = 10;
/** Percent of one processor from which a process stands out. */
const busyPercent = 20;

export interface ProcessTableProps {
  rows: TreeRow<LiveProcess>[];
  nodeStartedAt: number;
  onOpen(process: LiveProcess): void;
}

/** All processes that the shells in the pod see, each once. */
export function ProcessTable({ rows, nodeStartedAt, onOpen }: ProcessTableProps) {
  return (
    <ScrollRegion label="Process table" className="relative max-h-[32rem] overflow-auto">
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 z-[1] bg-surface text-left text-xs text-muted">
          <tr>
            <HeadCell>PID</HeadCell>
            <HeadCell>Command</HeadCell>
            <HeadCell>Container</HeadCell>
            <HeadCell>User</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell isNumber>CPU</HeadCell>
            <HeadCell isNumber>Memory</HeadCell>
            <HeadCell isNumber>Threads</HeadCell>
            <HeadCell isNumber>Age</HeadCell>
          </tr>
        </thead>
        <tbody onKeyDown={(event) => moveByArrows(event, 'button')}>
          {rows.map(({ process, depth }) => (
            <ProcessRow
              key={processKey(process)}
              process={process}
              depth={depth}
              startedAt={nodeStartedAt + process.startTicks * 10}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface ProcessRowProps {
  process: LiveProcess;
  depth: number;
  startedAt: number;
  onOpen(process: LiveProcess): void;
}

const ProcessRow = memo(
  function ProcessRow({ process, depth, startedAt, onOpen }: ProcessRowProps) {
    const { pid, innerPids, uid, container, state, cpuPercent, residentKiB, threads } = process;
    const command = commandOf(process);
    const inner = innerPids.at(-1);
    return (
      <tr className="border-t border-line hover:bg-raised">
        <td className="px-2 py-1 pl-3 whitespace-nowrap tabular-nums sm:pl-4">
          {pid}
          {inner !== undefined && (
            <span className="text-xs text-muted" title={`Process ${inner} in its own pid namespace`}>
              {' '}
              ({inner})
            </span>
          )}
        </td>
        <td className="w-full max-w-0 min-w-44 px-2 py-1">
          <button
            type="button"
            onClick={() => onOpen(process)}
            title={command}
            className="block w-full truncate rounded text-left font-mono text-xs leading-5 underline-offset-2 hover:underline"
            style={{ paddingLeft: `${Math.min(depth, maxIndent) * 0.875}rem` }}
          >
            {command}
          </button>
        </td>
        <td className="max-w-40 truncate px-2 py-1 whitespace-nowrap">
          {state === 'Z' && container === undefined ? '–' : containerName(container)}
        </td>
        <td className="px-2 py-1 text-muted tabular-nums">{uid === 0 ? 'root' : uid}</td>
        <td className={clsx('px-2 py-1 whitespace-nowrap', /[DZTt]/.test(state) ? 'text-pending' : 'text-muted')}>
          {stateWord(state)}
        </td>
        <td
          className={clsx(
            'px-2 py-1 text-right whitespace-nowrap tabular-nums',
            cpuPercent !== undefined && cpuPercent >= busyPercent ? 'font-medium' : 'text-muted',
          )}
        >
          {cpuPercent === undefined ? '…' : `${cpuPercent.toFixed(cpuPercent < 10 ? 1 : 0)} %`}
        </td>
        <td className="px-2 py-1 text-right whitespace-nowrap text-muted tabular-nums">
          {residentKiB === undefined ? '–' : formatBytes(residentKiB * 1024)}
        </td>
        <td className="px-2 py-1 text-right text-muted tabular-nums">{threads}</td>
        <td className="px-2 py-1 pr-3 text-right whitespace-nowrap text-muted tabular-nums sm:pr-4">
          <Age at={startedAt} />
        </td>
      </tr>
    );
  },
  // Each reading measures the start of the node again and differs by milliseconds, which is no reason to draw all rows.
  (before, now) =>
    before.process === now.process &&
    before.depth === now.depth &&
    before.onOpen === now.onOpen &&
    Math.abs(before.startedAt - now.startedAt) < 1_000,
);
