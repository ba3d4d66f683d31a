import type { ObservedProcess } from '../processes/observed-process.ts';
import { columnName } from './explain.ts';
import { type NamespaceKind, namespaceKinds } from './kinds.ts';
import type { NamespaceObservation } from './observation.ts';

export interface ProcessNamespace {
  kind: NamespaceKind;
  /** Undefined where the kernel refused. */
  inode: number | undefined;
  /** Who else is in it, in words; empty: nobody that was read. */
  sharedWith: string[];
}

/** A process beside the containers of its pod: one more column of the matrix. */
export function namespacesOf(
  { namespaces }: Pick<ObservedProcess, 'namespaces'>,
  observation: NamespaceObservation | undefined,
): ProcessNamespace[] {
  const containers = Object.entries(observation?.containers ?? {});
  return namespaceKinds.map((kind) => {
    const inode = namespaces[kind];
    const same = inode === undefined ? [] : containers.filter(([, container]) => container.namespaces[kind] === inode);
    return { kind, inode, sharedWith: same.map(([name]) => columnName(name)) };
  });
}
