import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'ephemera-practice-';

/** A folder for one practice cluster, which says whose it is, so that the next start can take it away if need be. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'owner'), `${process.pid} ${startOf(process.pid)}`);
  for (const name of ['root', 'data']) mkdirSync(join(folder, name));
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Takes away the folders of clusters whose process ended before it could. */
export function sweepFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      const [pid = '', start = ''] = readFileSync(join(folder, 'owner'), 'utf8').split(' ');
      if (startOf(Number(pid)) !== start) removeFolder(folder);
    } catch {
      // Being made at this moment, or another user's.
    }
  }
}

/** When a process began, in the kernel's ticks: with it a pid means one process only. '' where there is none. */
function startOf(pid: number): string {
  try {
    // The name before it, in brackets, may have spaces: proc(5), field 22.
    const [, rest = ''] = /^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return rest.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
