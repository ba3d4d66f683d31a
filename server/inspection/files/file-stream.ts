import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { type FileRequest, followedBytes, pieceBytes, viewedBytes } from '#lib/protocol/file-request.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { openExecStream } from '../../kubernetes/exec-stream.ts';
import { whileRead } from '../while-read.ts';
import { exitWith, explainFileEnd, fileCommand } from './file-script.ts';

/** $4: which part; $5: from which piece on. */
export const streamScript = `${whileRead}
there
if [ "$4" = archive ]; then
  needs tar
  folder=\${file%/*}
  cd "\${folder:-/}" 2>/dev/null || ${exitWith('denied')}
  while_read tar -cf - "./\${file##*/}"
fi
[ -f "$file" ] || ${exitWith('notFile')}
[ -r "$file" ] || ${exitWith('denied')}
case $4 in
  whole) while_read cat "$file";;
  begin) needs head; while_read head -c ${viewedBytes} "$file";;
  piece) needs dd; exec dd if="$file" bs=${pieceBytes} skip="$5" count=1 2>/dev/null;;
  end) needs tail; while_read tail -c ${followedBytes} -f "$file";;
esac
`;

/** A file or folder, no faster than it is read. Rejects with the reason where not a byte of it can be had. Ends with `signal`. */
export async function streamFile(
  cluster: Cluster,
  { part, offset = 0, ...address }: Omit<FileRequest, 'context'>,
  signal: AbortSignal,
): Promise<Readable> {
  const command = fileCommand(streamScript, address, part, String(Math.floor(offset / pieceBytes)));
  const { output, ended } = await openExecStream(cluster, address, command, signal, {
    // An archive leaves out what may not be read, and tar says so by its code.
    isFine: (code) => code === 0 || (part === 'archive' && code <= 2),
  });
  const begun = once(output, 'readable').then(
    () => undefined,
    () => ended,
  );
  const over = await Promise.race([ended, begun]);
  const problem = over && explainFileEnd(over.end, over.stderr, address);
  if (problem !== undefined && output.readableLength === 0) throw problem;
  return output;
}
