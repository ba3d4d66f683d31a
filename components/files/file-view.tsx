import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type FileEntry, formatMode } from '#lib/files/file-entry.ts';
import { hexLines } from '#lib/files/hex.ts';
import { isText } from '#lib/files/is-text.ts';
import { formatBytes } from '#lib/format-bytes.ts';
import { pieceBytes, viewedBytes } from '#lib/protocol/requests/file-streams.ts';
import { LogView } from '../logs/log-view.tsx';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { type FileAddress, fileStreamHref } from './file-address.ts';
import { TextView } from './text-view.tsx';
import { usePiece } from './use-piece.ts';

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
  // Files of the kernel have a content but no size, so the first piece decides how the file is shown.
  const view = shownAs ?? (piece === undefined ? undefined : isText(piece.bytes) ? 'text' : 'hex');
  const isLast = piece === undefined || piece.offset !== offset || piece.bytes.length < pieceBytes;
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
          {view === 'hex' && <PieceButtons offset={offset} isLast={isLast} onMove={setOffset} />}
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

interface PieceButtonsProps {
  offset: number;
  /** No piece follows, or it is not known yet. */
  isLast: boolean;
  onMove(offset: number): void;
}

function PieceButtons({ offset, isLast, onMove }: PieceButtonsProps) {
  return (
    <>
      <Button size="small" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - pieceBytes))}>
        Before
      </Button>
      <Button size="small" disabled={isLast} onClick={() => onMove(offset + pieceBytes)}>
        Next {formatBytes(pieceBytes)}
      </Button>
    </>
  );
}

/** A piece comes within a second, over a slow line within three. After this long the reader wants to know the reason. */
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
