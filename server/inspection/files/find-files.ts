import type { FoundFiles } from '#lib/files/file-entry.ts';
import { encodeName, fromBytes, toPrintf } from '#lib/files/file-path.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { execOutput } from '../../kubernetes/exec-output.ts';
import { exitWith, explainFileEnd, type FileAddress, fileCommand } from './file-script.ts';

/** A list that somebody looks through. */
const maxFound = 500;
/** How long a search may take in the container: a million names on a quick disk. */
const searchSeconds = 15;
/** Of names; five hundred of the longest paths have 2 MB. */
const maxPrinted = 2_000_000;
const limits = { timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024, encoding: 'latin1' } as const;

/**
 * $4: what is searched for, for printf. What the kernel mounts is left out: it is endless. Names end with a NUL, which none can
 * hold; then comes how the search ended, and that all of it was printed.
 */
export const findScript = `
needs find head; there
[ -d "$file" ] || ${exitWith('notFolder')}
cd "$file" 2>/dev/null || ${exitWith('denied')}
words=$(printf '%bx' "$4"); words=\${words%x}
limit=; command -v timeout >/dev/null 2>&1 && limit='timeout ${searchSeconds}'
printf '%s\\000' "$real"
{
  $limit find . \\( -path ./proc -o -path ./sys -o -path ./dev \\) -prune -o -iname "*$words*" -print0 2>/dev/null
  case $? in 124|143) printf 'late\\000';; esac
  printf end
} | head -c ${maxPrinted}
`;

/** The files and folders below a folder whose names have this text in them, whatever the case of its letters. */
export async function findFiles(cluster: Cluster, address: FileAddress, text: string): Promise<FoundFiles> {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  // What find takes for more than itself is taken for itself.
  const pattern = toPrintf(encodeName(bytes.replace(/[\\[\]*?]/g, '\\$&')));
  const command = fileCommand(findScript, address, pattern);
  const { stdout, stderr, end } = await execOutput(cluster, { ...address, command }, limits);
  const problem = explainFileEnd(end, stderr, address);
  if (problem !== undefined) throw problem;
  return parseFound(stdout);
}

/** Pure; one character a byte. */
export function parseFound(output: string): FoundFiles {
  const [folder = '', ...rest] = output.split('\0');
  const names = rest.filter((name) => name.startsWith('./'));
  const isWhole = rest.at(-1) === 'end' && !rest.includes('late') && names.length <= maxFound;
  return { paths: names.slice(0, maxFound).map((name) => fromBytes(`${folder}/${name.slice(2)}`)), isMore: !isWhole };
}
