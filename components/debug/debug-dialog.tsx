'use client';

import { useEffect, useRef, useState } from 'react';
import { toDebugCommand } from '#lib/kubectl.ts';
import type { PodDetail } from '#lib/pods.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { usePod } from '../pod/use-pod.ts';
import type { PodLink } from '../shell/url-state.ts';
import { loadDock } from '../terminal/lazy-dock.tsx';
import { startDebugger } from '../terminal/terminal-actions.ts';
import { Button } from '../ui/button.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { DebugFields } from './debug-fields.tsx';
import { checkForm, type DebugForm, explainImpossible, presets, targetsOf } from './debug-form.ts';
import { useDebugStore } from './debug-store.ts';
import { PredictedSharing } from './predicted-sharing.tsx';

function frontTerminal(): HTMLElement | null {
  return document.querySelector('[data-front-terminal="true"] textarea');
}

/** Starts a debugger in the pod that the store names. */
export function DebugDialog() {
  const { pod: link, close } = useDebugStore();
  const hasStarted = useRef(false);
  // While the dialog is being filled in.
  useEffect(() => void loadDock(), []);
  if (link === undefined) return null;
  return (
    <Dialog
      wide
      title={<>Debug {link.pod}</>}
      description={`An ephemeral container is added to the pod in ${link.namespace}. It can be stopped, but stays in the pod’s record.`}
      onClose={close}
      focusAfter={() => (hasStarted.current ? frontTerminal() : null)}
    >
      <DialogBody
        key={`${link.context}/${link.namespace}/${link.pod}`}
        link={link}
        asked={link.target}
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
  link: PodLink;
  asked: string | undefined;
  onClose(): void;
  onStarted(): void;
}

function DialogBody({ link: { context, namespace, pod: name }, asked, onClose, onStarted }: DialogBodyProps) {
  const link = { context, namespace, pod: name };
  const { pod, last, state } = usePod(link);
  if (last !== undefined)
    return (
      <DialogForm link={link} pod={last} isGone={pod === null} asked={asked} onClose={onClose} onStarted={onStarted} />
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

interface DialogFormProps {
  link: PodLink;
  pod: PodDetail;
  isGone: boolean;
  asked: string | undefined;
  onClose(): void;
  onStarted(): void;
}

function DialogForm({ link, pod, isGone, asked, onClose, onStarted }: DialogFormProps) {
  const targets = targetsOf(pod);
  // Most people debug the application: with one container, its processes are what they came for.
  const [form, setForm] = useState<DebugForm>({
    image: presets[0]?.image ?? '',
    target: asked ?? (targets.length === 1 ? (targets[0] ?? '') : ''),
    profile: 'general',
    command: '',
  });
  const [error, setError] = useState<WireError>();
  const [isStarting, setStarting] = useState(false);
  const checked = checkForm(form, link);
  const impossible = explainImpossible(isGone ? null : pod);
  const start = async () => {
    if (!checked.ok) return;
    setStarting(true);
    setError(undefined);
    try {
      await startDebugger(checked.request);
      onStarted();
    } catch (cause) {
      setError(toWireError(cause));
      setStarting(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className="grid gap-x-6 gap-y-4 p-4 md:grid-cols-2">
        <DebugFields
          form={form}
          targets={targets}
          problems={checked.ok ? {} : checked.problems}
          onChange={(change) => setForm({ ...form, ...change })}
        />
        <div className="min-w-0 rounded-lg border border-line bg-page p-3">
          <h3 className="mb-2 text-sm font-medium">What it will share</h3>
          <PredictedSharing pod={pod} target={form.target === '' ? undefined : form.target} />
        </div>
        <div className="min-w-0 space-y-1.5 md:col-span-2">
          <h3 className="text-xs text-muted">The same with kubectl</h3>
          {checked.ok ? (
            <CommandLine command={toDebugCommand(checked.request)} label="kubectl command" />
          ) : (
            <p className="text-sm text-muted">It appears once the form is complete.</p>
          )}
        </div>
        {(impossible || error) && (
          <div className="min-w-0 md:col-span-2">
            {impossible ? <Notice tone="problem" title={impossible} /> : error && <ErrorNotice error={error} />}
          </div>
        )}
      </div>
      <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-3">
        <p className="min-w-0 flex-1 basis-52 text-xs text-muted">
          What the terminal shows also goes to the container’s log: take care with secrets.
        </p>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={!checked.ok || impossible !== undefined || isStarting}>
          {isStarting ? 'Starting…' : 'Start debugger'}
        </Button>
      </div>
    </form>
  );
}
