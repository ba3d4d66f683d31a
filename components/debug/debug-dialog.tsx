'use client';

import { useEffect, useMemo, useRef } from 'react';
import { usePod } from '../cluster/use-pod.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { DebugDialogForm } from './debug-dialog-form.tsx';
import { type AskedDebugger, useDebugStore } from './debug-store.ts';

function frontTerminal(): HTMLElement | null {
  return document.querySelector('[data-front-terminal="true"] textarea');
}

export interface DebugDialogProps {
  /** Called when the dialog is first shown, long before it is filled in. */
  onOpened(): void;
}

/** Starts a debugger in the pod that the store names. */
export function DebugDialog({ onOpened }: DebugDialogProps) {
  const { pod: link, close } = useDebugStore();
  const hasStarted = useRef(false);
  useEffect(onOpened, [onOpened]);
  if (link === undefined) return null;
  return (
    <Dialog
      wide
      title={<>Debug {link.pod}</>}
      description={`In namespace ${link.namespace}.`}
      onClose={close}
      focusAfter={() => (hasStarted.current ? frontTerminal() : null)}
    >
      <DialogBody
        key={`${link.context}/${link.namespace}/${link.pod}`}
        asked={link}
        onClose={close}
        onStarted={() => {
          hasStarted.current = true;
          close();
        }}
      />
    </Dialog>
  );
}

interface DialogBodyProps {
  asked: AskedDebugger;
  onClose(): void;
  onStarted(): void;
}

function DialogBody({ asked, onClose, onStarted }: DialogBodyProps) {
  const { context, namespace, pod: name } = asked;
  const link = useMemo(() => ({ context, namespace, pod: name }), [context, namespace, name]);
  const { pod, last, state } = usePod(link);
  if (last !== undefined)
    return (
      <DebugDialogForm
        link={link}
        pod={last}
        isGone={pod === null}
        asked={asked}
        onClose={onClose}
        onStarted={onStarted}
      />
    );
  if (pod === null)
    return (
      <div className="p-4">
        <Notice tone="problem" title={`There is no pod ${namespace}/${name}`} next="Pick another pod." />
      </div>
    );
  if (state.kind === 'stale')
    return (
      <div className="p-4">
        <ErrorNotice error={state.error} />
      </div>
    );
  return (
    <p role="status" className="p-6 text-center text-muted">
      Loading…
    </p>
  );
}
