import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { type DebugPolicy, defaultPolicy } from '#lib/debug/policy.ts';
import type { Cure } from '#lib/debug/preflight.ts';
import type { DebugRequest } from '#lib/debug/request.ts';
import { isFinished, type PodDetail } from '#lib/pods.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { useClusterStore } from '../cluster/cluster-store.ts';
import { type PodLink, podHref } from '../links/pod-links.ts';
import { startDebugger } from '../open-terminals/open-terminal.ts';
import { type CheckedForm, checkForm } from './check-form.ts';
import { type DebugForm, explainImpossible, newCopyName, newForm, targetsOf } from './debug-form.ts';
import { type AskedDebugger, useDebugStore } from './debug-store.ts';
import { useRecentImages } from './recent-images.ts';
import { type PreflightState, usePreflight } from './use-preflight.ts';

export interface DebugFormOptions {
  link: PodLink;
  /** The pod as it last was. */
  pod: PodDetail;
  isGone: boolean;
  asked: AskedDebugger;
  onStarted(): void;
}

export interface FilledForm {
  form: DebugForm;
  policy: DebugPolicy;
  checked: CheckedForm;
  /** The last complete request of this kind: it stays while a word is being typed. */
  complete: DebugRequest | undefined;
  /** Why no debugger of this kind can be started. */
  impossible: string | undefined;
  preflight: PreflightState;
  /** Why the start failed. */
  error: WireError | undefined;
  isStarting: boolean;
  change(changed: Partial<DebugForm>): void;
  cure(cure: Cure): void;
  start(): Promise<void>;
}

/** The fields of the dialog, what they ask for, and whether that can be started. */
export function useDebugForm({ link, pod, isGone, asked, onStarted }: DebugFormOptions): FilledForm {
  const policy = useClusterStore((store) => store.list?.debuggers) ?? defaultPolicy;
  const [form, setForm] = useState(() => firstForm(pod, policy, asked));
  const checked = useMemo(() => checkForm(form, { link, node: pod.node, policy }), [form, link, pod.node, policy]);
  const complete = useComplete(checked);
  const impossible = explainImpossible(form.kind, isGone ? null : pod);
  const { error, isStarting, start, forgetError } = useStart({ link, form, onStarted });
  const preflight = usePreflight(checked.ok && impossible === undefined && !isStarting ? checked.request : undefined);
  const change = (changed: Partial<DebugForm>) => {
    setForm((before) => ({ ...before, ...changed }));
    // The error was about the fields before.
    forgetError();
  };
  return {
    form,
    policy,
    checked,
    complete: complete?.kind === form.kind ? complete : undefined,
    impossible,
    preflight,
    error,
    isStarting,
    change,
    cure: ({ user, ...others }) => change({ ...others, ...(user === undefined ? {} : { user: String(user) }) }),
    start: async () => {
      if (checked.ok) await start(checked.request);
    },
  };
}

function firstForm(pod: PodDetail, policy: DebugPolicy, asked: AskedDebugger): DebugForm {
  if (asked.form !== undefined) return { ...asked.form, copyName: newCopyName(pod.name) };
  const targets = targetsOf(pod);
  return newForm(pod.name, policy, {
    // Most people debug the application: where it is the only container, they want to see its processes.
    ...(targets.length === 1 ? { target: targets[0] } : {}),
    ...(isFinished(pod) ? { kind: 'copy' } : {}),
    ...asked,
  });
}

function useComplete(checked: CheckedForm): DebugRequest | undefined {
  const [complete, setComplete] = useState<DebugRequest>();
  useEffect(() => {
    if (checked.ok) setComplete(checked.request);
  }, [checked]);
  return complete;
}

function useStart({ link, form, onStarted }: { link: PodLink; form: DebugForm; onStarted(): void }) {
  const router = useRouter();
  const [error, setError] = useState<WireError>();
  const [isStarting, setStarting] = useState(false);
  const start = async (request: DebugRequest) => {
    setStarting(true);
    setError(undefined);
    try {
      const { pod, terminal } = await startDebugger(request);
      if (terminal !== undefined) useDebugStore.getState().remember(terminal.session, { ...link, form });
      if (request.image !== undefined) useRecentImages.getState().remember(request.image);
      onStarted();
      // A copy without a debugger has no terminal to show.
      if (terminal === undefined) router.push(podHref({ ...link, pod }));
    } catch (cause) {
      setError(toWireError(cause));
      setStarting(false);
    }
  };
  return { error, isStarting, start, forgetError: () => setError(undefined) };
}
