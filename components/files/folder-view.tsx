import { Archive, Upload } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { FileEntry, OpenedFile } from '#lib/files/file-entry.ts';
import { decodeToBytes, showPath } from '#lib/files/file-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { EntryTable } from './entry-table.tsx';
import { type FileAddress, fileStreamHref } from './file-address.ts';
import { FoundFiles } from './found-files.tsx';
import { UploadDialog } from './upload-dialog.tsx';

export interface FolderViewProps {
  address: FileAddress;
  container: string;
  folder: Extract<OpenedFile, { kind: 'folder' }>;
  onChanged(): void;
}

export function FolderView({ address, container, folder, onChanged }: FolderViewProps) {
  const [text, setText] = useState('');
  const [searched, setSearched] = useState<string>();
  const [isUploading, setUploading] = useState(false);
  const entries = useMemo(() => arrange(folder.entries, text), [folder, text]);
  useShortcuts({ r: onChanged });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <NameFilter
          text={text}
          onChange={(value) => {
            setText(value);
            setSearched(undefined);
          }}
          onSearch={() => {
            if (text.trim() !== '') setSearched(text.trim());
          }}
        />
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

interface NameFilterProps {
  text: string;
  onChange(text: string): void;
  onSearch(): void;
}

/** Filters the entries while typing; Enter searches the folders below. */
function NameFilter({ text, onChange, onSearch }: NameFilterProps) {
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.select() });
  return (
    <form
      className="min-w-48 flex-1 basis-56"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch();
      }}
    >
      <SearchField
        field={search}
        label="Filter names"
        placeholder="Filter; Enter searches below   ( / )"
        value={text}
        onChange={onChange}
      />
    </form>
  );
}

/** Folders come first, then files, both by name. Hidden ones are among the others. */
function arrange(entries: FileEntry[], text: string): FileEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries
    .filter(({ name }) => showPath(name).toLowerCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || (decodeToBytes(a.name) < decodeToBytes(b.name) ? -1 : 1));
}

function rank({ kind }: FileEntry): number {
  return kind === 'folder' ? 0 : 1;
}
