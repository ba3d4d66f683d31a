import { useEffect, useState } from 'react';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { pieceBytes } from '#lib/protocol/requests/file-streams.ts';
import { openBytes } from '../connection/open-bytes.ts';
import { type FileAddress, fileStreamHref } from './file-address.ts';

export interface Piece {
  /** Where in the file the piece begins. */
  offset: number;
  bytes: Uint8Array;
}

/** Reads a piece of a file. While another piece is on its way, the one before it is shown. */
export function usePiece(
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

/** Reads at most this many bytes, however many the container sends. */
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
