import type { NamespaceObservation } from '#lib/namespaces/observation.ts';
import { namespacesOf } from '#lib/namespaces/of-process.ts';
import type { LiveProcess } from '#lib/processes/process-detail.ts';

export interface ProcessNamespacesProps {
  process: LiveProcess;
  observation: NamespaceObservation | undefined;
}

/** The namespaces of a process, and the containers that share them: one more column of the matrix. */
export function ProcessNamespaces({ process, observation }: ProcessNamespacesProps) {
  return (
    <table className="w-full text-left">
      <tbody>
        {namespacesOf(process, observation).map(({ kind, inode, sharedWith }) => (
          <tr key={kind}>
            <th scope="row" className="py-0.5 pr-3 font-mono text-xs font-medium">
              {kind}
            </th>
            <td className="pr-3 text-xs text-muted tabular-nums">{inode ?? 'not readable'}</td>
            <td className="text-xs">
              {inode === undefined ? 'takes SYS_PTRACE' : sharedWith.length === 0 ? 'its own' : sharedWith.join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
