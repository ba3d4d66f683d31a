'use client';

import { Download, RefreshCw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import type { NodeNamespaces } from '#lib/namespaces/of-node.ts';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useRunningDebuggers } from '../cluster/use-running-debuggers.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { BackToPod } from '../page-frame/back-to-pod.tsx';
import { NoAddress } from '../page-frame/no-address.tsx';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { saveText } from '../ui/save-file.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { NodeNamespacesSection } from './node-namespaces-section.tsx';

/** All namespaces of the node that a pod runs on. */
export function NodeNamespacesPage() {
  const parameters = useSearchParams();
  const context = useContextSummary()?.name;
  const [namespace, pod] = ['namespace', 'name'].map((name) => parameters.get(name));
  if (!namespace || !pod) return <NoAddress thing="pod" />;
  if (context === undefined) return null;
  return <OneNode key={`${namespace}/${pod}`} link={{ context, namespace, pod }} />;
}

function OneNode({ link }: { link: PodLink }) {
  const { context } = link;
  const { last, state } = usePod(link);
  const node = last?.node;
  const debuggers = useRunningDebuggers(context);
  // The one that was started last: somebody has chosen its profile since.
  const reader = debuggers.value?.debuggers.findLast(
    (one) => one.kind === 'node' && one.node === node && one.status === 'Running' && one.container !== undefined,
  );
  const { value, error, refresh } = useAnswer(
    'node:namespaces',
    reader?.container === undefined
      ? undefined
      : { context, namespace: reader.namespace, pod: reader.pod, container: reader.container },
  );
  const open = useDebugStore((store) => store.open);
  // Only it reads the processes of all users, and those with more capabilities.
  const startDebug = () => open({ ...link, kind: 'node', profile: 'sysadmin' });
  useShortcuts({ r: refresh, d: startDebug });
  const debugButton = (
    <Button size="small" onClick={startDebug}>
      Debug the node
    </Button>
  );
  return (
    <div className="mx-auto max-w-7xl space-y-5 p-3 sm:p-5">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <BackToPod link={link} />
          <h1 className="text-lg font-semibold break-all">Namespaces of node {node}</h1>
          <p className="text-xs text-muted" role="status">
            {value ? (
              <>
                All that processes of the node are in, with the pods that hold them. Read through {reader?.pod}{' '}
                <Age at={value.at} suffix=" ago" />
              </>
            ) : reader !== undefined && error === undefined ? (
              'Reading…'
            ) : (
              ''
            )}
          </p>
        </div>
        {value && (
          <Button
            size="small"
            onClick={() => saveText(JSON.stringify(value, null, 2), 'application/json', `${node}-namespaces.json`)}
          >
            <Download size={13} aria-hidden /> JSON
          </Button>
        )}
        <Button size="small" onClick={refresh} disabled={reader === undefined}>
          <RefreshCw size={13} aria-hidden /> Read again
        </Button>
      </div>
      {state.kind === 'stale' && <ErrorNotice error={state.error} />}
      {debuggers.error && <ErrorNotice error={debuggers.error} title="The debuggers could not be listed" />}
      {error && (
        <ErrorNotice error={error} title="The node could not be read">
          {debugButton}
        </ErrorNotice>
      )}
      {debuggers.value !== undefined && node !== undefined && reader === undefined && (
        <Notice
          title="No debugger runs on this node"
          message="A node is read by a debugger with the node’s own list of processes: a pod of its own, which is deleted once its terminal ends."
        >
          {debugButton}
        </Notice>
      )}
      {last !== undefined && node === undefined && <Notice title="This pod has no node yet" />}
      {value && (
        <>
          <Gaps value={value}>{debugButton}</Gaps>
          <NodeNamespacesSection context={context} namespaces={value.namespaces} />
        </>
      )}
    </div>
  );
}

/** What is missing of the picture, and why. */
function Gaps({
  value: { unreadable, unlisted, processes, isPrivileged, unnamed },
  children,
}: {
  value: NodeNamespaces;
  children: React.ReactNode;
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
