'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { type Profile, profiles } from '#lib/debug/profiles.ts';
import { describeWorkload, parseWorkload } from '#lib/workload.ts';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { podHref } from '../links/pod-links.ts';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { useDebugStore } from './debug-store.ts';

/**
 * A link for runbooks and alerts: `/debug?workload=deploy/web&namespace=shop&target=web&image=busybox`. Names of pods
 * change with every rollout, so the page finds a pod of the workload and opens the dialog on it.
 */
export function DebugLinkPage() {
  const parameters = useSearchParams();
  const router = useRouter();
  const context = useContextSummary()?.name;
  const open = useDebugStore((store) => store.open);
  const namespace = parameters.get('namespace') ?? '';
  const workload = parseWorkload(parameters.get('workload') ?? '');
  const isComplete = context !== undefined && workload !== undefined && namespace !== '';
  const { value, error } = useAnswer('workload:pod', isComplete ? { context, namespace, ...workload } : undefined);
  useEffect(() => {
    if (value === undefined || context === undefined) return;
    const link = { context, namespace, pod: value.pod };
    open({ ...link, ...choicesOf(parameters) });
    router.replace(podHref(link));
  }, [value, context, namespace, parameters, open, router]);
  return (
    <div className="mx-auto max-w-2xl p-4 pt-10">
      {workload === undefined || namespace === '' ? (
        <Notice
          title="The address names no workload"
          message="It looks like /debug?workload=deploy/web&namespace=shop, where workload is a deployment, statefulset, daemonset, replicaset, job or service; target, image, profile and command fill in the dialog."
          next="Go to the list of pods."
          href="/"
        />
      ) : error ? (
        <ErrorNotice error={error} />
      ) : (
        <p role="status" className="text-center text-muted">
          Looking for a pod of {describeWorkload(workload)}…
        </p>
      )}
    </div>
  );
}

/** Values for the dialog's fields from the address. The dialog checks them as if they had been typed. */
function choicesOf(parameters: URLSearchParams): {
  target?: string;
  image?: string;
  profile?: Profile;
  command?: string;
} {
  const [target, image, command] = ['target', 'image', 'command'].map((name) => parameters.get(name) ?? undefined);
  const profile = profiles.find((one) => one === parameters.get('profile'));
  return {
    ...(target === undefined ? {} : { target }),
    ...(image === undefined ? {} : { image }),
    ...(command === undefined ? {} : { command }),
    ...(profile === undefined ? {} : { profile }),
  };
}
