import { useAnswer } from '../connection/use-answer.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import type { FileAddress } from './file-address.ts';
import { FileView } from './file-view.tsx';
import { FolderView } from './folder-view.tsx';
import { PathBar } from './path-bar.tsx';

export interface OpenedPathProps {
  address: FileAddress;
  /** Whose files they are. */
  container: string;
}

/** What a path leads to once all links on the way are followed: a folder or a file. */
export function OpenedPath({ address, container }: OpenedPathProps) {
  const { value, error, refresh } = useAnswer('file:open', address);
  const path = value?.path ?? address.path;
  const real = { ...address, path };
  return (
    <>
      <PathBar link={address} container={container} path={path} />
      {error && <ErrorNotice error={error} />}
      {value === undefined && !error && (
        <p role="status" className="text-sm text-muted">
          Opening…
        </p>
      )}
      {value?.kind === 'folder' && (
        <FolderView address={real} container={container} folder={value} onChanged={refresh} />
      )}
      {value?.kind === 'file' && <FileView address={real} entry={value.entry} />}
    </>
  );
}
