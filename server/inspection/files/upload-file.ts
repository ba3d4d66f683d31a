import { showPath } from '#lib/files/file-path.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { UploadRequest } from '#lib/protocol/requests/file-streams.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { openExecStream } from '../../kubernetes/exec-stream.ts';
import { exitWith, explainFileEnd, fileCommand } from './file-script.ts';

/**
 * $4: how many bytes come; $5: whether a file that is there may be written over. It comes whole or not at all: first beside its place, under
 * a name of its own. What is written over keeps its owner and mode.
 */
export const uploadScript = `
[ -n "$real" ] || ${exitWith('notFile')}
folder=\${file%/*}
if [ -e "$file" ]; then
  [ -f "$file" ] || ${exitWith('notFile')}
  [ "$5" = true ] || ${exitWith('exists')}
  [ -w "$file" ] || ${exitWith('denied')}
fi
[ -d "\${folder:-/}" ] || ${exitWith('missing')}
[ -w "\${folder:-/}" ] && [ -x "\${folder:-/}" ] || ${exitWith('denied')}
needs head wc mv rm
new=$folder/.ephemera-upload-$$
lose() { rm -f "$new"; ${exitWith('failed')}; }
trap lose HUP INT TERM
head -c "$4" > "$new" || lose
[ "$(($(wc -c < "$new")))" = "$4" ] || { echo 'it did not come whole, and was left out' >&2; lose; }
if [ -e "$file" ]; then cat "$new" > "$file" || lose; rm -f "$new"
else mv "$new" "$file" || lose
fi
`;

export interface Upload {
  content: AsyncIterable<Uint8Array>;
  bytes: number;
}

/** Writes a file. Rejects with the reason where it is not written. */
export async function uploadFile(
  cluster: Cluster,
  { overwrite, ...address }: Omit<UploadRequest, 'context'>,
  { content, bytes }: Upload,
  signal: AbortSignal,
): Promise<void> {
  const command = fileCommand(uploadScript, address, String(bytes), overwrite ?? 'false');
  const stream = await openExecStream(cluster, address, command, signal);
  let isOver = false;
  const ended = stream.ended.finally(() => {
    isOver = true;
  });
  try {
    for await (const chunk of content) {
      // Refused: the rest need not come.
      if (isOver) break;
      await Promise.race([stream.write(chunk), ended]);
    }
  } catch (cause) {
    stream.close();
    throw new AppError('disconnected', `${showPath(address.path)} did not come whole, and was not written.`, { cause });
  }
  const { end, stderr } = await ended;
  const problem = explainFileEnd(end, stderr, address);
  if (problem !== undefined) throw problem;
}
