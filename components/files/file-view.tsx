import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type FileEntry, formatMode } from '#lib/files/file-entry.ts';
import { hexLines } from '#lib/files/hex.ts';
import { isText } from '#lib/files/is-text.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { pieceBytes, viewedBytes } from '#lib/protocol/requests/file-streams.ts';
import { openBytes } from '../connection/open-bytes.ts';
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
  const { piece, error } = usePiece(isFile ? address : undefined, offset);
  // The kernel's files have no size, and yet a content: the first piece tells.
  const view = shownAs ?? (piece === undefined ? undefined : isText(piece.bytes) ? 'text' : 'hex');
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
                disabled={piece === undefined || piece.offset !== offset || piece.bytes.length < pieceBytes}
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
      {view === undefined && !error && <Reading />}
      {view === 'text' && <TextView address={address} isCut={size > viewedBytes} />}
      {view === 'hex' && piece && (
        <LogView lines={hexLines(piece.bytes, piece.offset)} text="" wraps={false} begins="top" />
      )}
    </>
  );
}

/** A piece comes within a second, over a slow line two or three; after this long the reader wants to know what may be the matter. */
const slowMs = 5_000;

function Reading() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="text-sm text-muted">
      <p>Reading…</p>
      {isSlow && (
        <p className="mt-1">
          Nothing has come yet. A volume whose server is away holds its readers like this; other files may still be
          readable. Going back gives this one up.
        </p>
      )}
    </div>
  );
}

interface Piece {
  /** Where in the file it begins. */
  offset: number;
  bytes: Uint8Array;
}

/** A piece of a file; while another is on its way, the one before it. */
function usePiece(
  address: FileAddress | undefined,
  offset: number,
): { piece: Piece | undefined; error: WireError | undefined } {
  const [piece, setPiece] = useState<Piece>();
  const [error, setError] = useState<WireError>();
  const href = address && fileStreamHref(address, 'piece', offset);
  useEffect(() => {
    if (href === undefined) return;
    const reading = new AbortController();
    fetchBytes(href, pieceBytes, reading.signal).then(
      (bytes) => {
        setPiece({ offset, bytes });
        setError(undefined);
      },
      (cause: unknown) => {
        if (!reading.signal.aborted) setError(toWireError(cause));
      },
    );
    return () => reading.abort();
  }, [href, offset]);
  return { piece, error };
}

/** What a container sends, and no more of it than was asked for. */
async function fetchBytes(href: string, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let length = 0;
  for await (const part of await openBytes(href, signal)) {
    const taken = part.subarray(0, most - length);
    bytes.set(taken, length);
    length += taken.length;
    if (length === most) break;
  }
  return bytes.subarray(0, length);
}
