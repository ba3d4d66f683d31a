import { join, sep } from 'node:path';

/** The part of the host's tree that the machine sees below /app: our own code and the packages that it imports. */
export interface AppTree {
  folder: string;
  /** The entries of `folder` that are shown, nothing else of it is. */
  names: string[];
  /** Our own code, relative to `folder`. */
  project: string;
}

/**
 * In a clone, the project has all packages below itself. Installed by npm, it is a package beside the others, so the
 * outermost node_modules is shown: pnpm's links between packages stay inside of it.
 */
export function appTree(root: string): AppTree {
  const parts = root.split(sep);
  const outermost = parts.indexOf('node_modules');
  if (outermost === -1) {
    return { folder: root, names: ['server', 'lib', 'node_modules', 'package.json'], project: '' };
  }
  return {
    folder: parts.slice(0, outermost).join(sep) || sep,
    names: ['node_modules'],
    project: join(...parts.slice(outermost)),
  };
}
