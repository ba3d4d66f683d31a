import type { ProcessDetail } from '#lib/processes/process-detail.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

export function OpenFiles({ files }: { files: ProcessDetail['openFiles'] }) {
  if (files.kind === 'denied') return <p className="text-muted">Not readable. {files.why}</p>;
  const { files: all, isMore } = files.value;
  if (all.length === 0) return <p className="text-muted">None.</p>;
  return (
    <>
      <ScrollRegion label="File descriptors" className="max-h-48 overflow-auto">
        <ul aria-label="Open files">
          {all.map(({ fd, target }) => (
            <li key={fd} className="flex gap-2">
              <span className="w-8 shrink-0 text-right text-xs leading-5 text-muted tabular-nums">{fd}</span>
              <span className="min-w-0 font-mono text-xs leading-5 break-all">{target}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {isMore && <p className="text-xs text-muted">and more; these are the first {all.length}</p>}
    </>
  );
}

export function Limits({ detail: { limits } }: { detail: ProcessDetail }) {
  return (
    <ScrollRegion label="Limits of resources" className="max-h-48 overflow-auto">
      <table className="w-full text-left text-xs">
        <thead className="text-muted">
          <tr>
            {['Limit', 'Soft', 'Hard', 'Unit'].map((name) => (
              <th key={name} scope="col" className="pr-3 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {limits.map(({ name, soft, hard, unit }) => (
            <tr key={name}>
              <td className="py-0.5 pr-3 whitespace-nowrap">{name}</td>
              <td className="pr-3 tabular-nums">{soft}</td>
              <td className="pr-3 text-muted tabular-nums">{hard}</td>
              <td className="text-muted">{unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
