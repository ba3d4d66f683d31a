'use client';

import { Download, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { NodeNamespaces } from '#lib/namespaces/of-node.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { PodGate } from '../page-frame/pod-gate.tsx';
import { PodSubpage } from '../page-frame/pod-subpage.tsx';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { saveText } from '../ui/save-file.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { NodeGaps } from './node-gaps.tsx';
import { NodeNamespacesSection } from './node-namespaces-section.tsx';
import { type ReadNode, useNodeNamespaces } from './use-node-namespaces.ts';

/** All namespaces of the node that a pod runs on. */
export function NodeNamespacesPage() {
  return <PodGate>{(link) => <OneNode link={link} />}</PodGate>;
}

function OneNode({ link }: { link: PodLink }) {
  const read = useNodeNamespaces(link);
  const { value, refresh, reader } = read;
  const open = useDebugStore((store) => store.open);
  // Only this profile reads the processes of all users and of processes with more capabilities.
  const startDebug = () => open({ ...link, kind: 'node', profile: 'sysadmin' });
  useShortcuts({ r: refresh, d: startDebug });
  const debugButton = (
    <Button size="small" onClick={startDebug}>
      Debug the node
    </Button>
  );
  return (
    <PodSubpage
      link={link}
      title={<>Namespaces of node {read.node}</>}
      status={<NodeStatus read={read} />}
      actions={
        <>
          {value && <JsonButton node={read.node} value={value} />}
          <Button size="small" onClick={refresh} disabled={reader === undefined}>
            <RefreshCw size={13} aria-hidden /> Read again
          </Button>
        </>
      }
      state={read.state}
    >
      <NodeProblems read={read}>{debugButton}</NodeProblems>
      {value && (
        <>
          <NodeGaps value={value}>{debugButton}</NodeGaps>
          <NodeNamespacesSection context={link.context} namespaces={value.namespaces} />
        </>
      )}
    </PodSubpage>
  );
}

function NodeStatus({ read: { value, error, reader } }: { read: ReadNode }) {
  if (value)
    return (
      <>
        All that processes of the node are in, with the pods that hold them. Read through {reader?.pod}{' '}
        <Age at={value.at} suffix=" ago" />
      </>
    );
  return reader !== undefined && error === undefined ? 'Reading…' : '';
}

function JsonButton({ node, value }: { node: string | undefined; value: NodeNamespaces }) {
  const save = () => saveText(JSON.stringify(value, null, 2), 'application/json', `${node}-namespaces.json`);
  return (
    <Button size="small" onClick={save}>
      <Download size={13} aria-hidden /> JSON
    </Button>
  );
}

/** Why the node can't be read. `children`: the button that starts a debugger on it. */
function NodeProblems({ read, children }: { read: ReadNode; children: ReactNode }) {
  const { error, debuggers, node, reader, isPodKnown } = read;
  return (
    <>
      {debuggers.error && <ErrorNotice error={debuggers.error} title="The debuggers could not be listed" />}
      {error && (
        <ErrorNotice error={error} title="The node could not be read">
          {children}
        </ErrorNotice>
      )}
      {debuggers.value !== undefined && node !== undefined && reader === undefined && (
        <Notice
          title="No debugger runs on this node"
          message="A node is read by a debugger with the node’s own list of processes: a pod of its own, which is deleted once its terminal ends."
        >
          {children}
        </Notice>
      )}
      {isPodKnown && node === undefined && <Notice title="This pod has no node yet" />}
    </>
  );
}
