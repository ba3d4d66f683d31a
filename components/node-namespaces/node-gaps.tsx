import type { ReactNode } from 'react';
import type { NodeNamespaces } from '#lib/namespaces/of-node.ts';
import { Notice } from '../ui/notice.tsx';

/** What the table lacks, and why. `children`: the button that starts a debugger with more rights. */
export function NodeGaps({
  value: { unreadable, unlisted, processes, isPrivileged, unnamed },
  children,
}: {
  value: NodeNamespaces;
  children: ReactNode;
}) {
  return (
    <>
      {unlisted > 0 && (
        <Notice
          tone="pending"
          title={`${unlisted.toLocaleString()} more processes were not looked at`}
          message={`The node has more than the ${processes.toLocaleString()} that are counted here: namespaces of the others may be missing.`}
          next="“lsns” in a terminal on the node has them all."
        />
      )}
      {unreadable > 0 && (
        <Notice
          tone="pending"
          title={`${unreadable} of ${processes} processes could not be read`}
          message="The kernel shows the namespaces of other users’ processes, and of those with more capabilities, only to who may trace them."
          next={
            isPrivileged
              ? 'This debugger is privileged already: they have what no container has.'
              : 'A debugger on the node with profile sysadmin may.'
          }
        >
          {!isPrivileged && children}
        </Notice>
      )}
      {unnamed !== undefined && (
        <Notice tone="pending" title="The pods have no names here, only their uids" message={unnamed} />
      )}
    </>
  );
}
