import { Archive, File, FileQuestion, Folder, FolderSymlink, Upload } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useRef, useState } from 'react';
import { type FileEntry, formatMode, type OpenedFile } from '#lib/files/file-entry.ts';
import { decodeToBytes, joinPath, showPath } from '#lib/files/file-path.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { filesHref, type PodLink } from '../links/pod-links.ts';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { HeadCell } from '../ui/head-cell.tsx';
import { moveByArrows } from '../ui/move-by-arrows.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { type FileAddress, fileStreamHref } from './file-address.ts';
import { FoundFiles } from './found-files.tsx';
import { UploadDialog } from './upload-dialog.tsx';

const icons = {
  folder: Folder,
  file: File,
  link: FolderSymlink,
  device: FileQuestion,
  pipe: FileQuestion,
  socket: FileQuestion,
};

export interface FolderViewProps {
  address: FileAddress;
  container: string;
  folder: Extract<OpenedFile, { kind: 'folder' }>;
  onChanged(): void;
}

export function FolderView({ address, container, folder, onChanged }: FolderViewProps) {
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [searched, setSearched] = useState<string>();
  const [isUploading, setUploading] = useState(false);
  const entries = useMemo(() => arrange(folder.entries, text), [folder, text]);
  useShortcuts({ '/': () => search.current?.select(), r: onChanged });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <form
          className="min-w-48 flex-1 basis-56"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') setSearched(text.trim());
          }}
        >
          <SearchField
            field={search}
            label="Filter names"
            placeholder="Filter; Enter searches below   ( / )"
            value={text}
            onChange={(value) => {
              setText(value);
              setSearched(undefined);
            }}
          />
        </form>
        <Button size="small" onClick={() => setUploading(true)}>
          <Upload size={13} aria-hidden /> Upload
        </Button>
        {folder.path !== '/' && (
          <a
            href={fileStreamHref(address, 'archive')}
            title="What may not be read is left out"
            className={buttonClass({ size: 'small' })}
          >
            <Archive size={13} aria-hidden /> Download as tar
          </a>
        )}
      </div>
      {searched !== undefined ? (
        <FoundFiles address={address} container={container} text={searched} />
      ) : (
        <EntryTable link={address} container={container} path={folder.path} entries={entries} />
      )}
      {searched === undefined && (
        <p role="status" className="text-xs text-muted">
          {text !== '' && `${entries.length.toLocaleString()} of `}
          {folder.entries.length.toLocaleString()} {folder.entries.length === 1 ? 'entry' : 'entries'}
          {folder.isMore && '; there are more, which are not shown: search for them by name'}
        </p>
      )}
      {isUploading && (
        <UploadDialog
          address={address}
          container={container}
          onClose={() => setUploading(false)}
          onUploaded={onChanged}
        />
      )}
    </>
  );
}

/** Folders first, by name; hidden ones among the others. */
function arrange(entries: FileEntry[], text: string): FileEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries
    .filter(({ name }) => showPath(name).toLowerCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || (decodeToBytes(a.name) < decodeToBytes(b.name) ? -1 : 1));
}

function rank({ kind }: FileEntry): number {
  return kind === 'folder' ? 0 : 1;
}

interface EntryTableProps {
  link: PodLink;
  container: string;
  path: string;
  entries: FileEntry[];
}

function EntryTable({ link, container, path, entries }: EntryTableProps) {
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
