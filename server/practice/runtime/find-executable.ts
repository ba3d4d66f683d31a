import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Linux's own limit for links in one path (ELOOP). */
const maxLinks = 40;

/** The places to search: `path` (PATH) for plain names, the working directory for relative paths. */
export interface SearchPlaces {
  path: string;
  workingDir: string;
}

/**
 * Finds a container's program below `root`. Links are followed as the container sees them, because an absolute link
 * means another file outside. Returns undefined if there is no executable file.
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
