import dynamic from 'next/dynamic';
import { useState } from 'react';
import { toDeleteCommand } from '#lib/debug/kubectl.ts';
import { madePodGraceSeconds, madePodKind } from '#lib/debug/made-pods.ts';
import type { PodDetail } from '#lib/pods.ts';
import { toWireError } from '#lib/protocol/errors.ts';
import type { RequestName } from '#lib/protocol/requests/all.ts';
import { getConnection } from '../connection/connection.ts';
import { type PodLink, podHref } from '../links/pod-links.ts';
import { useActionError } from '../ui/action-error-store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

// Fetched when it is first opened, because few visits delete anything.
const ConfirmDialog = dynamic(() => import('../ui/confirm-dialog.tsx').then((module) => module.ConfirmDialog));

/** Owners that replace a deleted pod with a new one. */
const remakers = /^(ReplicaSet|StatefulSet|DaemonSet|ReplicationController) /;

/** What debugging has left in a pod or made of it, and how to undo that. */
export function PodRemarks({ link, pod }: { link: PodLink; pod: PodDetail }) {
  const kind = madePodKind(pod);
  if (pod.deletedAt !== undefined) return null;
  if (kind !== undefined) return <MadePod link={link} pod={pod} isCopy={kind === 'copy'} />;
  const debuggers = pod.containers.filter((container) => container.kind === 'ephemeral');
  const isOver = debuggers.length > 0 && debuggers.every(({ state }) => state.kind === 'terminated');
  if (!isOver) return null;
  const count = debuggers.length === 1 ? 'a debugger' : `${debuggers.length} debuggers`;
  const isRemade = pod.owner !== undefined && remakers.test(pod.owner);
  return (
    <Notice
      title={`This pod has had ${count}`}
      message={`They have ended, but stay in its record for as long as it lives.${isRemade ? '' : ' It has no owner that would make a new one.'}`}
    >
      {isRemade && (
        <ConfirmButton
          label="Recreate this pod"
          question="Recreate this pod?"
          text={`It is deleted, and ${pod.owner} makes a new one in its place, with another name unless it is of a StatefulSet. What it is doing now ends.`}
          request="pod:recreate"
          link={link}
        />
      )}
    </Notice>
  );
}

function MadePod({ link, pod, isCopy }: { link: PodLink; pod: PodDetail; isCopy: boolean }) {
  const from = pod.copiedFrom;
  return (
    <Notice
      title={isCopy ? 'This pod is a copy, made for debugging' : `This pod was made to debug node ${pod.node ?? ''}`}
      message={from === undefined ? 'Nobody else needs it.' : `It is made from ${from}. Nobody else needs it.`}
      {...(from === undefined ? {} : { next: `Go to ${from}.`, href: podHref({ ...link, pod: from }) })}
    >
      <ConfirmButton
        label="Delete it"
        question="Delete this pod?"
        text="All that runs in it ends."
        request="debug-pod:delete"
        link={link}
      />
    </Notice>
  );
}

interface ConfirmButtonProps {
  label: string;
  question: string;
  text: string;
  request: Extract<RequestName, 'pod:recreate' | 'debug-pod:delete'>;
  link: PodLink;
}

function ConfirmButton({ label, question, text, request, link }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const run = async () => {
    setAsking(false);
    try {
      await getConnection().ask(request, link);
    } catch (error) {
      useActionError.getState().show(`Could not delete ${link.pod}`, toWireError(error));
    }
  };
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <ConfirmDialog
          question={question}
          about={`${link.namespace}/${link.pod}`}
          text={text}
          command={toDeleteCommand(link, request === 'debug-pod:delete' ? madePodGraceSeconds : undefined)}
          answer={label}
          onConfirm={() => void run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
