import { clsx } from 'clsx';
import { namespaceKinds } from '#lib/namespaces/kinds.ts';
import { type NamespaceOwner, predictNamespaces } from '#lib/namespaces/predict.ts';
import type { PodDetail } from '#lib/pods.ts';

/** Kubernetes allows no parentheses in names, so no container has this one. */
const debuggerName = '(debugger)';

/** What the debugger would share with the pod's containers if it were started like this. */
export function PredictedSharing({ pod, target }: { pod: PodDetail; target: string | undefined }) {
  const mine = predictNamespaces(pod.settings, { name: debuggerName, target });
  // All containers are in the node's user and time namespaces, so these two say nothing here.
  const kinds = namespaceKinds.filter((kind) => kind !== 'time' && kind !== 'user');
  return (
    <ul className="space-y-1.5 text-xs leading-5" aria-label="Predicted namespaces">
      {kinds.map((kind) => {
        const { owner, why } = mine[kind];
        const isOwn = owner === `container:${debuggerName}`;
        return (
          <li key={kind} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2" data-kind={kind} data-owner={owner}>
            <code>{kind}</code>
            <span>
              <span className={clsx('font-medium', isOwn ? 'text-muted' : 'text-accent')}>{describeOwner(owner)} </span>
              <span className="text-muted">{why}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function describeOwner(owner: NamespaceOwner): string {
  if (owner === 'node') return 'The node’s.';
  if (owner === 'pod') return 'Shared with the whole pod.';
  const name = owner.slice('container:'.length);
  return name === debuggerName ? 'Its own.' : `Shared with ${name}.`;
}
