import { File, FileQuestion, Folder, FolderSymlink } from 'lucide-react';
import Link from 'next/link';
import { type FileEntry, formatMode } from '#lib/files/file-entry.ts';
import { joinPath, showPath } from '#lib/files/file-path.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { filesHref, type PodLink } from '../links/pod-links.ts';
import { Age } from '../ui/age.tsx';
import { HeadCell } from '../ui/head-cell.tsx';
import { moveByArrows } from '../ui/move-by-arrows.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

const icons = {
  folder: Folder,
  file: File,
  link: FolderSymlink,
  device: FileQuestion,
  pipe: FileQuestion,
  socket: FileQuestion,
};

export interface EntryTableProps {
  link: PodLink;
  container: string;
  path: string;
  entries: FileEntry[];
}

/** The entries of a folder. */
export function EntryTable({ link, container, path, entries }: EntryTableProps) {
  if (entries.length === 0)
    return <p className="rounded-lg border border-line bg-surface p-4 text-sm text-muted">Nothing here.</p>;
  return (
    <ScrollRegion label="Entries" className="min-h-0 overflow-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-collapse text-sm">
        <thead className="sticky top-0 z-[1] bg-surface text-left text-xs text-muted">
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell isNumber>Size</HeadCell>
            <HeadCell className="hidden sm:table-cell">Mode</HeadCell>
            <HeadCell className="hidden sm:table-cell">Owner</HeadCell>
            <HeadCell isNumber className="pr-3">
              Modified
            </HeadCell>
          </tr>
        </thead>
        <tbody onKeyDown={(event) => moveByArrows(event, 'a')}>
          {entries.map((entry) => (
            <EntryRow key={entry.name} entry={entry} href={filesHref(link, container, joinPath(path, entry.name))} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function EntryRow({ entry, href }: { entry: FileEntry; href: string }) {
  const { name, kind, mode, uid, gid, size, modifiedAt, target } = entry;
  const Icon = icons[kind];
  return (
    <tr className="border-t border-line hover:bg-raised">
      <td className="w-full max-w-0 min-w-40 py-1 pr-2 pl-3 sm:pl-4">
        <span className="flex items-center gap-2">
          <Icon size={15} className={kind === 'folder' ? 'shrink-0 text-accent' : 'shrink-0 text-muted'} aria-hidden />
          <Link
            href={href}
            prefetch={false}
            title={showPath(name)}
            className="min-w-0 truncate font-mono text-xs leading-6 underline-offset-2 hover:underline"
          >
            {showPath(name)}
            {kind === 'folder' && <span className="text-muted">/</span>}
          </Link>
          {target !== undefined && (
            <span className="min-w-0 truncate text-xs text-muted" title={showPath(target)}>
              → {showPath(target)}
            </span>
          )}
          {(kind === 'device' || kind === 'pipe' || kind === 'socket') && (
            <span className="text-xs text-muted">{kind}</span>
          )}
        </span>
      </td>
      <td className="px-2 py-1 text-right whitespace-nowrap text-muted tabular-nums">
        {kind === 'file' ? formatBytes(size) : '–'}
      </td>
      <td className="hidden px-2 py-1 font-mono text-xs whitespace-nowrap text-muted sm:table-cell">
        {formatMode(mode)}
      </td>
      <td className="hidden px-2 py-1 whitespace-nowrap text-muted tabular-nums sm:table-cell">
        {uid === 0 ? 'root' : uid}:{gid === 0 ? 'root' : gid}
      </td>
      <td className="px-2 py-1 pr-3 text-right whitespace-nowrap text-muted tabular-nums">
        <Age at={modifiedAt} />
      </td>
    </tr>
  );
}
