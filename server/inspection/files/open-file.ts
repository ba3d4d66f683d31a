import { randomUUID } from 'node:crypto';
import { type FileEntry, kindOfMode, type OpenedFile } from '#lib/files/file-entry.ts';
import { encodeName, fromBytes, showPath } from '#lib/files/file-path.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { execOutput } from '../../kubernetes/exec-output.ts';
import { exitWith, explainFileEnd, type FileAddress, fileCommand } from './file-script.ts';

/** A folder with more is shown in part: nobody reads further, and a page of them is a megabyte. */
const maxEntries = 5_000;
/** Each takes a `readlink`, a millisecond. */
const maxLinks = 500;
/** A name has 255 bytes at most, a link 4095; a node under load is given fifty times what it takes. */
const limits = { timeoutMs: 15_000, maxBytes: 16 * 1024 * 1024, encoding: 'latin1' } as const;

/**
 * $4 is a word that nobody in the pod can know before: it begins each record, so that no name can forge one. `real` first, then a line
 * for each entry, then the links.
 */
export const openScript = `
mark=$4
needs stat; there
printf '%s real %s\\n' "$mark" "$real"
if [ ! -d "$file" ]; then stat -c "$mark stat %f %u %g %s %Y %n" "$file"; printf '%s end\\n' "$mark"; exit; fi
[ -r "$file" ] && [ -x "$file" ] && cd "$file" 2>/dev/null || ${exitWith('denied')}
needs xargs
printf '%s folder\\n' "$mark"
set -- ./* ./.[!.]* ./..?*
[ $# -gt ${maxEntries} ] && printf '%s more\\n' "$mark"
count=0
for name; do
  count=$((count + 1)); [ $count -gt ${maxEntries} ] && break
  printf '%s\\000' "$name"
done | xargs -0 stat -c "$mark stat %f %u %g %s %Y %n" 2>/dev/null
links=0
for name; do
  [ -L "$name" ] || continue
  links=$((links + 1)); [ $links -gt ${maxLinks} ] && break
  printf '%s link %s\\n%s target ' "$mark" "$name" "$mark"; readlink -n "$name"; printf '\\n'
done
printf '%s end\\n' "$mark"
`;

/** Follows a path to its end: lists a folder, or tells what a file is. */
export async function openFile(cluster: Cluster, address: FileAddress): Promise<OpenedFile> {
  const mark = randomUUID();
  const command = fileCommand(openScript, address, mark);
  const { stdout, stderr, end } = await execOutput(cluster, { ...address, command }, limits);
  const problem = explainFileEnd(end, stderr, address);
  if (problem !== undefined) throw problem;
  const opened = parseOpened(stdout, mark);
  if (opened === undefined)
    throw new AppError('container', `What ${address.container} said of ${showPath(address.path)} can’t be read.`);
  return opened;
}

/** Pure; one character a byte. Undefined where it was cut off. */
export function parseOpened(output: string, mark: string): OpenedFile | undefined {
  const records = `\n${output}`.split(`\n${mark} `).slice(1);
  const last = records.pop();
  if (last !== 'end\n') return undefined;
  const real = records.shift()?.replace(/^real /, '') ?? '';
  const path = fromBytes(real);
  const entries = new Map<string, FileEntry>();
  let link: FileEntry | undefined;
  for (const record of records) {
    const space = record.indexOf(' ');
    const [kind, text] = [record.slice(0, space), record.slice(space + 1)];
    if (kind === 'stat') {
      const entry = parseStat(text);
      if (entry !== undefined) entries.set(entry.name, entry);
    } else if (kind === 'link') link = entries.get(encodeName(text.replace(/^\.\//, '')));
    else if (kind === 'target' && link !== undefined) link.target = encodeTarget(text);
  }
  const all = [...entries.values()];
  if (records.includes('folder')) return { kind: 'folder', path, entries: all, isMore: records.includes('more') };
  const [entry] = all;
  return entry && { kind: 'file', path, entry };
}

/** `81a4 0 0 1024 1700000000 ./name`: the name is what is left, whatever is in it. */
function parseStat(text: string): FileEntry | undefined {
  const [, rawMode = '', uid, gid, size, seconds, name = ''] =
    /^([0-9a-f]+) (\d+) (\d+) (\d+) (-?\d+) (.*)$/s.exec(text) ?? [];
  const mode = Number.parseInt(rawMode, 16);
  if (Number.isNaN(mode)) return undefined;
  return {
    name: encodeName(name.slice(name.lastIndexOf('/') + 1)),
    kind: kindOfMode(mode),
    mode: mode & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    modifiedAt: Number(seconds) * 1000,
    target: undefined,
  };
}

/** A link may lead anywhere, also to what is no path: its slashes and dots stay. */
function encodeTarget(bytes: string): string {
  return bytes.split('/').map(encodeName).join('/');
}
