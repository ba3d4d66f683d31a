import Link from 'next/link';
import { showPath } from '#lib/files/file-path.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { filesHref } from '../links/pod-links.ts';
import { moveByArrows } from '../ui/move-by-arrows.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import type { FileAddress } from './file-address.ts';

export interface FoundFilesProps {
  address: FileAddress;
  container: string;
  text: string;
}

/** Lists files and folders with this text in their name, in this folder and below. */
export function FoundFiles({ address, container, text }: FoundFilesProps) {
  const { value, error } = useAnswer('file:find', { ...address, text });
  if (error) return <ErrorNotice error={error} />;
  if (value === undefined)
    return (
      <p role="status" className="text-sm text-muted">
        Searching below {showPath(address.path)}…
      </p>
    );
  return (
    <>
      <ScrollRegion label="Found" className="min-h-0 overflow-auto rounded-lg border border-line bg-surface">
        <ul onKeyDown={(event) => moveByArrows(event, 'a')} className="py-1">
          {value.paths.map((path) => (
            <li key={path} className="px-3 py-1 font-mono text-xs hover:bg-raised">
              <Link href={filesHref(address, container, path)} prefetch={false} className="break-all hover:underline">
                {showPath(path)}
              </Link>
            </li>
          ))}
        </ul>
        {value.paths.length === 0 && <p className="px-3 py-2 text-sm text-muted">Nothing has “{text}” in its name.</p>}
      </ScrollRegion>
      <p role="status" className="text-xs text-muted">
        {value.paths.length.toLocaleString()} found below {showPath(address.path)}
        {value.isMore && '; there may be more: search further down, or for more of the name'}
      </p>
    </>
  );
}
