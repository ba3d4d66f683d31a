import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type FileEntry, formatMode } from '#lib/files/file-entry.ts';
import { hexLines } from '#lib/files/hex.ts';
import { isText } from '#lib/files/is-text.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { pieceBytes, viewedBytes } from '#lib/protocol/file-request.ts';
import { fetchOrExplain } from '../connection/fetch-or-explain.ts';
import { LogView } from '../logs/log-view.tsx';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { type FileAddress, fileStreamHref } from './file-address.ts';
import { TextView } from './text-view.tsx';

export interface FileViewProps {
  address: FileAddress;
  entry: FileEntry;
}

export function FileView({ address, entry }: FileViewProps) {
  const { kind, size, mode, uid, gid, modifiedAt } = entry;
  const [offset, setOffset] = useState(0);
  const [shownAs, setShownAs] = useState<'text' | 'hex'>();
  const isFile = kind === 'file';
  const { bytes, error } = usePiece(isFile ? fileStreamHref(address, 'piece', offset) : undefined);
  // The kernel's files have no size, and yet a content: the first piece tells.
  const view = shownAs ?? (bytes === undefined ? undefined : isText(bytes) ? 'text' : 'hex');
  if (!isFile) {
    return (
      <Notice
        title={`This is a ${kind}, not a file with content`}
        message="Reading it may never end, and takes away what is meant for others."
      />
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <p className="min-w-0 flex-1 basis-56 text-xs text-muted">
          {formatBytes(size)} · <span className="font-mono">{formatMode(mode)}</span> · {uid}:{gid} · modified{' '}
          <Age at={modifiedAt} suffix=" ago" />
        </p>
        <div className="flex flex-wrap gap-1.5">
          {view === 'hex' && (
            <>
              <Button size="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pieceBytes))}>
                Before
              </Button>
              <Button
                size="small"
                disabled={bytes === undefined || bytes.length < pieceBytes}
                onClick={() => setOffset(offset + pieceBytes)}
              >
                Next {formatBytes(pieceBytes)}
              </Button>
            </>
          )}
          {view !== undefined && (
            <Button
              size="small"
              onClick={() => {
                setOffset(0);
                setShownAs(view === 'text' ? 'hex' : 'text');
              }}
            >
              As {view === 'text' ? 'hex' : 'text'}
            </Button>
          )}
          <a href={fileStreamHref(address, 'whole')} className={buttonClass({ size: 'small' })}>
            <Download size={13} aria-hidden /> Download
          </a>
        </div>
      </div>
      {error && <ErrorNotice error={error} />}
      {view === undefined && !error && (
        <p role="status" className="text-sm text-muted">
          Reading…
        </p>
      )}
      {view === 'text' && <TextView address={address} isCut={size > viewedBytes} />}
      {view === 'hex' && bytes && <LogView lines={hexLines(bytes, offset)} text="" wraps={false} begins="top" />}
    </>
  );
}

function usePiece(href: string | undefined): { bytes: Uint8Array | undefined; error: WireError | undefined } {
  const [bytes, setBytes] = useState<Uint8Array>();
  const [error, setError] = useState<WireError>();
  useEffect(() => {
    if (href === undefined) return;
    const reading = new AbortController();
    const read = async () => {
      const response = await fetchOrExplain(href, { signal: reading.signal });
      setBytes(new Uint8Array(await response.arrayBuffer()));
      setError(undefined);
    };
    read().catch((cause: unknown) => {
      if (!reading.signal.aborted) setError(toWireError(cause));
    });
    return () => reading.abort();
  }, [href]);
  return { bytes, error };
}
