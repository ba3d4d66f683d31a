import { CornerLeftUp, Slash } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { type FilePath, joinPath, namesOf, parentOf, showPath, toFilePath } from '#lib/files/file-path.ts';
import { filesHref, type PodLink } from '../links/pod-links.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';

export interface PathBarProps {
  link: PodLink;
  container: string;
  path: FilePath;
}

/** The path that is open, with a link for each part of it, and a field to go to another. */
export function PathBar({ link, container, path }: PathBarProps) {
  const router = useRouter();
  const go = (to: FilePath) => router.push(filesHref(link, container, to));
  useShortcuts({ Backspace: () => path !== '/' && go(parentOf(path)) });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <PathLinks path={path} toHref={(to) => filesHref(link, container, to)} />
      <PathField path={path} onGo={go} />
    </div>
  );
}

interface PathLinksProps {
  path: FilePath;
  toHref(path: FilePath): string;
}

function PathLinks({ path, toHref }: PathLinksProps) {
  const names = namesOf(path);
  return (
    <nav aria-label="Path" className="flex min-w-0 flex-1 basis-64 flex-wrap items-center gap-0.5 font-mono text-sm">
      {path !== '/' && (
        <Link
          href={toHref(parentOf(path))}
          prefetch={false}
          aria-label="Up"
          title="Up (Backspace)"
          className="mr-1 rounded p-1 text-muted hover:bg-raised hover:text-text"
        >
          <CornerLeftUp size={14} aria-hidden />
        </Link>
      )}
      <Link href={toHref('/')} prefetch={false} aria-label="Root" className="rounded p-1 hover:bg-raised">
        <Slash size={13} aria-hidden className="-rotate-12" />
      </Link>
      {names.map((name, index) => {
        const to = names.slice(0, index + 1).reduce<FilePath>((before, part) => joinPath(before, part), '/');
        const isLast = index === names.length - 1;
        return (
          <span key={to} className="flex min-w-0 items-center gap-0.5">
            <Link
              href={toHref(to)}
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
  );
}

interface PathFieldProps {
  path: FilePath;
  onGo(path: FilePath): void;
}

function PathField({ path, onGo }: PathFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ g: () => field.current?.select() });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = field.current?.value.trim() ?? '';
        if (text !== '') onGo(toFilePath(text, path));
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
  );
}
