import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table';
import { Bug } from 'lucide-react';
import type { PodRow } from '#lib/pods.ts';
import { Age } from '../ui/age.tsx';
import { StatusText } from '../ui/status-text.tsx';
import { compareUrgency } from './pod-filter.ts';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const helper = createColumnHelper<typeof features, PodRow>();

export const columns = helper.columns([
  helper.accessor('namespace', { id: 'namespace', header: 'Namespace', sortFn: 'alphanumeric' }),
  helper.accessor('name', {
    id: 'name',
    header: 'Name',
    sortFn: 'alphanumeric',
    cell: ({ row: { original: pod } }) => (
      <span className="flex min-w-0 flex-col">
        <span className="truncate font-medium">{pod.name}</span>
        <span className="truncate text-xs text-muted md:hidden">{pod.namespace}</span>
      </span>
    ),
  }),
  helper.accessor('status', {
    id: 'status',
    header: 'Status',
    sortFn: (a, b) => compareUrgency(a.original, b.original),
    cell: ({ row: { original: pod } }) => <StatusText level={pod.level} status={pod.status} />,
  }),
  helper.accessor((pod) => pod.readyContainers / Math.max(1, pod.totalContainers), {
    id: 'ready',
    header: 'Ready',
    sortFn: 'basic',
    cell: ({ row: { original: pod } }) => `${pod.readyContainers}/${pod.totalContainers}`,
  }),
  helper.accessor('restarts', { id: 'restarts', header: 'Restarts', sortFn: 'basic', sortDescFirst: true }),
  helper.accessor('createdAt', {
    id: 'age',
    header: 'Age',
    sortFn: 'basic',
    sortDescFirst: true,
    cell: ({ row: { original: pod } }) => <Age at={pod.createdAt} />,
  }),
  helper.accessor((pod) => pod.node ?? '', { id: 'node', header: 'Node', sortFn: 'alphanumeric' }),
  helper.accessor('runningDebuggers', {
    id: 'debuggers',
    header: 'Debuggers',
    sortFn: 'basic',
    sortDescFirst: true,
    cell: ({ row: { original: pod } }) => <Debuggers pod={pod} />,
  }),
]);

function Debuggers({ pod }: { pod: PodRow }) {
  if (pod.debuggers === 0) return null;
  const words = `${pod.runningDebuggers} running of ${pod.debuggers} debuggers`;
  return (
    <span role="img" className="inline-flex items-center gap-1" title={words} aria-label={words}>
      <Bug size={13} className={pod.runningDebuggers > 0 ? 'text-accent' : 'text-muted'} aria-hidden />
      {pod.runningDebuggers > 0 ? pod.runningDebuggers : ''}
      <span className="text-muted">{pod.runningDebuggers > 0 ? `/${pod.debuggers}` : pod.debuggers}</span>
    </span>
  );
}

/** Which columns are shown at which width. Name and status are always shown. */
export const columnClasses: Record<string, string> = {
  namespace: 'max-md:hidden text-muted',
  name: '',
  status: '',
  ready: 'max-sm:hidden tabular-nums',
  restarts: 'max-lg:hidden tabular-nums',
  age: 'max-sm:hidden text-muted',
  node: 'max-xl:hidden text-muted',
  debuggers: 'max-lg:hidden tabular-nums',
};
export const gridTemplate =
  'grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)_2.25rem] sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_4rem_4.5rem_5rem] md:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)_minmax(0,1.1fr)_4rem_4.5rem_5rem] lg:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)_minmax(0,1.1fr)_4rem_5.5rem_5rem_6.5rem_5rem] xl:grid-cols-[minmax(0,1fr)_minmax(0,2.4fr)_minmax(0,1.2fr)_4.5rem_5.5rem_5rem_minmax(0,1fr)_6.5rem_5rem]';
