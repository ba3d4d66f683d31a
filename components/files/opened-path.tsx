import { useAnswer } from '../connection/use-answer.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import type { FileAddress } from './file-address.ts';
import { FileView } from './file-view.tsx';
import { FolderView } from './folder-view.tsx';
import { PathBar } from './path-bar.tsx';

export interface OpenedPathProps {
  address: FileAddress;
  /** The container that has the files. */
  container: string;
}

/** Opens a path, following all links on the way, and shows the folder or file there. */
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
