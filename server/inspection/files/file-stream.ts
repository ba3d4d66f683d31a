import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { type FileRequest, followedBytes, pieceBytes, viewedBytes } from '#lib/protocol/requests/file-streams.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { openExecStream } from '../../kubernetes/exec-stream.ts';
import { whileRead } from '../while-read-prelude.ts';
import { exitWith, explainFileEnd, fileCommand } from './file-script.ts';

/** GNU's has 1 and 2 for what it left out, busybox's 1. */
const tarFine = 2;

/** $4: which part; $5: from which piece on; $6: what stands behind its end. */
export const streamScript = `${whileRead}
mark=$6
there
if [ "$4" = archive ]; then
  needs tar
  folder=\${file%/*}
  cd "\${folder:-/}" 2>/dev/null || ${exitWith('denied')}
  # What may not be read is left out, and said so by the code.
  fine=${tarFine}
  while_read tar -cf - "./\${file##*/}"
fi
[ -f "$file" ] || ${exitWith('notFile')}
[ -r "$file" ] || ${exitWith('denied')}
case $4 in
  whole) while_read cat "$file";;
  begin) needs head; while_read head -c ${viewedBytes} "$file";;
  piece) needs dd; while_read dd if="$file" bs=${pieceBytes} skip="$5" count=1 2>/dev/null;;
  end) needs tail; while_read tail -c ${followedBytes} -f "$file";;
esac
`;

/** A file or folder, no faster than it is read. Rejects with the reason where not a byte of it can be had. Ends with `signal`. */
export async function streamFile(
  cluster: Cluster,
  { part, offset = 0, ...address }: Omit<FileRequest, 'context'>,
  signal: AbortSignal,
): Promise<Readable> {
  // A program that only ends with its reader has no end to be marked.
  const endMark = part === 'end' ? '' : randomUUID();
  const command = fileCommand(streamScript, address, part, String(Math.floor(offset / pieceBytes)), endMark);
  const { output, ended } = await openExecStream(cluster, address, command, signal, { endMark });
  const begun = once(output, 'readable').then(
    () => undefined,
    () => ended,
  );
  const over = await Promise.race([ended, begun]);
  const problem = over && explainFileEnd(over.end, over.stderr, address);
  if (problem !== undefined && output.readableLength === 0) throw problem;
  return output;
}
