'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toDebugCommand } from '#lib/debug/kubectl.ts';
import { defaultPolicy } from '#lib/debug/policy.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { usePod } from '../pod/use-pod.ts';
import { useClusterStore } from '../shell/cluster-store.ts';
import { type PodLink, podHref } from '../shell/url-state.ts';
import { loadDock } from '../terminal/lazy-dock.tsx';
import { joinDebugger, startDebugger } from '../terminal/terminal-actions.ts';
import { Button } from '../ui/button.tsx';
import { CommandLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { checkForm } from './check-form.ts';
import { DebugFields } from './debug-fields.tsx';
import { type DebugForm, explainImpossible, newCopyName, newForm, targetsOf } from './debug-form.ts';
import { type AskedDebugger, useDebugStore } from './debug-store.ts';
import { KindField } from './kind-field.tsx';
import { LazyMoreOptions } from './lazy-more-options.tsx';
import { Predictions } from './predictions.tsx';
import { PreflightNotices } from './preflight-notices.tsx';
import { useRecentImages } from './recent-images.ts';
import { RunningTwin } from './running-twin.tsx';
import { type PreflightState, usePreflight } from './use-preflight.ts';

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
  asked: AskedDebugger;
  onClose(): void;
  onStarted(): void;
}

function DialogForm({ link, pod, isGone, asked, onClose, onStarted }: DialogFormProps) {
  const router = useRouter();
  const policy = useClusterStore((store) => store.list?.debuggers) ?? defaultPolicy;
  const targets = targetsOf(pod);
  const containers = pod.containers.filter(({ kind }) => kind === 'main').map((container) => container.name);
  // Most people debug the application: with one container, its processes are what they came for.
  const [form, setForm] = useState(() =>
    asked.form === undefined
      ? newForm(pod.name, policy, {
          ...(targets.length === 1 ? { target: targets[0] } : {}),
          ...(isFinished(pod) ? { kind: 'copy' } : {}),
          ...asked,
        })
      : { ...asked.form, copyName: newCopyName(pod.name) },
  );
  const [error, setError] = useState<WireError>();
  const [isStarting, setStarting] = useState(false);
  const impossible = explainImpossible(form.kind, isGone ? null : pod);
  const checked = useMemo(() => checkForm(form, link, pod.node, policy), [form, link, pod.node, policy]);
  const problems = checked.ok ? {} : checked.problems;
  // While a word is being typed, what was true before it stays.
  const [complete, setComplete] = useState<DebugRequest>();
  useEffect(() => {
    if (checked.ok) setComplete(checked.request);
  }, [checked]);
  const predicted = complete && complete.kind === form.kind ? complete : undefined;
  const change = (changed: Partial<DebugForm>) => {
    setForm((before) => ({ ...before, ...changed }));
    // It was about what was asked before.
    setError(undefined);
  };
  const preflight = usePreflight(checked.ok && impossible === undefined && !isStarting ? checked.request : undefined);
  const foreseen = preflight.kind === 'checked' ? preflight.preflight.problems : [];
  const cure = ({ user, ...others }: Cure) =>
    change({ ...others, ...(user === undefined ? {} : { user: String(user) }) });
  const start = async () => {
    if (!checked.ok) return;
    setStarting(true);
    setError(undefined);
    try {
      const { image } = checked.request;
      const { pod: name, terminal } = await startDebugger(checked.request);
      if (terminal !== undefined) useDebugStore.getState().remember(terminal.session, { ...link, form });
      if (image !== undefined) useRecentImages.getState().remember(image);
      onStarted();
      // A copy without a debugger has no terminal to show.
      if (terminal === undefined) router.push(podHref({ ...link, pod: name }));
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
        <div className="min-w-0 md:col-span-2">
          <KindField kind={form.kind} allowed={policy.kinds} onChange={(kind) => change({ kind })} />
          <p className="mt-2 text-xs text-muted">{kindWords[form.kind]}</p>
        </div>
        <div className="min-w-0 space-y-4">
          <DebugFields
            link={link}
            policy={policy}
            form={form}
            targets={targets}
            containers={containers}
            problems={problems}
            onChange={change}
          />
          <div className="min-w-0 space-y-2 empty:hidden">
            {impossible && <Notice tone="problem" title={impossible} />}
            {form.kind === 'ephemeral' && (
              <RunningTwin
                pod={pod}
                image={form.image.trim()}
                target={form.target === '' ? undefined : form.target}
                onJoin={(container) => {
                  void joinDebugger({ ...link, container });
                  onStarted();
                }}
              />
            )}
            {error ? <ErrorNotice error={error} /> : <PreflightNotices problems={foreseen} onCure={cure} />}
          </div>
        </div>
        <div className="min-w-0 rounded-lg border border-line bg-page p-3">
          {predicted ? (
            <Predictions pod={pod} request={predicted} onCure={cure} />
          ) : (
            <p className="text-sm text-muted">It appears once the form is complete.</p>
          )}
        </div>
        <LazyMoreOptions
          form={form}
          problems={problems}
          request={checked.ok ? checked.request : undefined}
          manifest={preflight.kind === 'checked' ? preflight.preflight.manifest : undefined}
          onChange={change}
        />
        <div className="min-w-0 space-y-1.5 md:col-span-2">
          <h3 className="text-xs text-muted">
            The same with kubectl{checked.ok && checked.request.custom !== undefined ? ', in bash or zsh' : ''}
          </h3>
          {checked.ok ? (
            <CommandLine command={toDebugCommand(checked.request)} label="kubectl command" />
          ) : (
            <p className="text-sm text-muted">It appears once the form is complete.</p>
          )}
        </div>
      </div>
      <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-3">
        <p className="min-w-0 flex-1 basis-52 text-xs text-muted">
          <span role="status" className={foreseen.length > 0 && !error ? 'font-medium text-problem' : undefined}>
            {preflightWords(preflight)}
          </span>{' '}
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

const kindWords: Record<DebugForm['kind'], string> = {
  ephemeral: 'An ephemeral container is added to the pod. It can be stopped, but stays in the pod’s record.',
  copy: 'For what can’t be done to the pod itself: other images, another command for a container that crashes, one process list. It gets no traffic unless its labels are kept.',
  node: 'A pod is made on the node, in this namespace, and deleted when its terminal ends.',
};

function preflightWords(state: PreflightState): string {
  if (state.kind === 'checking') return 'Checking with the cluster…';
  if (state.kind === 'unknown') return '';
  // A small window shows it further up.
  const { problems, imageIsOn } = state.preflight;
  if (problems.length > 0) return 'Something is in its way, see above.';
  return `The cluster would allow it.${imageIsOn === undefined ? '' : ` Node ${imageIsOn} has the image: it starts fast.`}`;
}
