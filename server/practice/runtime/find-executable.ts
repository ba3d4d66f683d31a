import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Linux's own limit for links in one path (ELOOP). */
const maxLinks = 40;

/** Where programs are looked for: names along `path` (PATH), relative paths from the working directory. */
export interface SearchPlaces {
  path: string;
  workingDir: string;
}

/**
 * Where a container's program is, below the root given: links are followed as the container sees them, for an absolute
 * one means another file out here. undefined where there is none that may be executed.
 */
export function findExecutable(root: string, program: string, { path, workingDir }: SearchPlaces): string | undefined {
  const candidates = program.includes('/')
    ? [posix.resolve('/', workingDir, program)]
    : path.split(':').map((folder) => posix.resolve('/', folder, program));
  return candidates.find((candidate) => isExecutable(root, candidate));
}

function isExecutable(root: string, path: string): boolean {
  try {
    const found = statSync(join(root, resolveLinks(root, path)));
    return found.isFile() && (found.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

function resolveLinks(root: string, path: string): string {
  let links = 0;
  const rest = path.split('/').filter((part) => part !== '');
  let resolved = '/';
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    const next = posix.join(resolved, part);
    if (lstatSync(join(root, next)).isSymbolicLink()) {
      if (++links > maxLinks) throw new Error(`too many links in ${path}`);
      const target = readlinkSync(join(root, next));
      if (target.startsWith('/')) resolved = '/';
      rest.unshift(...target.split('/').filter((one) => one !== '' && one !== '.'));
    } else resolved = next;
  }
  return resolved;
}
