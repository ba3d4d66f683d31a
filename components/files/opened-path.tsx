import { CornerLeftUp, Slash } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { type FilePath, joinPath, namesOf, parentOf, showPath, toFilePath } from '#lib/files/file-path.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { filesHref, type PodLink } from '../links/pod-links.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import type { FileAddress } from './file-address.ts';
import { FileView } from './file-view.tsx';
import { FolderView } from './folder-view.tsx';

export interface OpenedPathProps {
  address: FileAddress;
  /** Whose files they are. */
  container: string;
}

/** What a path leads to: a folder or a file, once all links on the way are followed. */
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

interface PathBarProps {
  link: PodLink;
  container: string;
  path: FilePath;
}

/** Where one is, each part a way back, and a field to go elsewhere. */
function PathBar({ link, container, path }: PathBarProps) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const names = namesOf(path);
  const go = (to: FilePath) => router.push(filesHref(link, container, to));
  useShortcuts({ Backspace: () => path !== '/' && go(parentOf(path)), g: () => field.current?.select() });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <nav aria-label="Path" className="flex min-w-0 flex-1 basis-64 flex-wrap items-center gap-0.5 font-mono text-sm">
        {path !== '/' && (
          <Link
            href={filesHref(link, container, parentOf(path))}
            prefetch={false}
            aria-label="Up"
            title="Up (Backspace)"
            className="mr-1 rounded p-1 text-muted hover:bg-raised hover:text-text"
          >
            <CornerLeftUp size={14} aria-hidden />
          </Link>
        )}
        <Link
          href={filesHref(link, container, '/')}
          prefetch={false}
          aria-label="Root"
          className="rounded p-1 hover:bg-raised"
        >
          <Slash size={13} aria-hidden className="-rotate-12" />
        </Link>
        {names.map((name, index) => {
          const to = names.slice(0, index + 1).reduce<FilePath>((before, part) => joinPath(before, part), '/');
          const isLast = index === names.length - 1;
          return (
            <span key={to} className="flex min-w-0 items-center gap-0.5">
              <Link
                href={filesHref(link, container, to)}
                prefetch={false}
                aria-current={isLast ? 'page' : undefined}
                className={`rounded px-1 break-all hover:bg-raised ${isLast ? 'font-semibold' : ''}`}
              >
                {showPath(name)}
              </Link>
              {!isLast && <span className="text-muted">/</span>}
            </span>
          );
        })}
      </nav>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = field.current?.value.trim() ?? '';
          if (text !== '') go(toFilePath(text, path));
        }}
      >
        <input
          ref={field}
          aria-label="Go to a path"
          placeholder="Go to a path   ( g )"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="h-8 w-56 rounded-md border border-line bg-surface px-2 font-mono text-sm placeholder:font-sans placeholder:text-muted"
        />
      </form>
    </div>
  );
}
