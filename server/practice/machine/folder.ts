import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'ephemera-practice-';

/**
 * Makes a folder for one practice cluster. The folder names its owner, so a later start can remove it if the owner has
 * died.
 */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'owner'), `${process.pid} ${startOf(process.pid)}`);
  for (const name of ['root', 'data']) mkdirSync(join(folder, name));
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Removes the folders of clusters whose process ended too early to do so. */
export function sweepFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      const [pid = '', start = ''] = readFileSync(join(folder, 'owner'), 'utf8').split(' ');
      if (startOf(Number(pid)) !== start) removeFolder(folder);
    } catch {
      // The folder is just being made, or belongs to another user.
    }
  }
}

/**
 * A process's start time in the kernel's ticks, which with the pid identifies the process. '' if there is no such
 * process.
 */
function startOf(pid: number): string {
  try {
    // The name in brackets before these fields may contain spaces: proc(5), field 22.
    const [, rest = ''] = /^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return rest.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
