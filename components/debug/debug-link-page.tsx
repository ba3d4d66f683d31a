'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type Profile, profiles } from '#lib/debug/profiles.ts';
import { toWireError, type WireError } from '#lib/protocol/errors.ts';
import { describeWorkload, parseWorkload } from '#lib/workload.ts';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { getConnection } from '../connection/connection.ts';
import { useConnectionEpoch } from '../connection/use-connection.ts';
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
  const epoch = useConnectionEpoch();
  const context = useContextSummary()?.name;
  const open = useDebugStore((store) => store.open);
  const [error, setError] = useState<WireError>();
  const text = parameters.get('workload') ?? '';
  const namespace = parameters.get('namespace') ?? '';
  const workload = parseWorkload(text);
  useEffect(() => {
    const asked = parseWorkload(text);
    if (epoch === 0 || context === undefined || asked === undefined || namespace === '') return;
    let isOld = false;
    getConnection()
      .ask('workload:pod', { context, namespace, ...asked })
      .then(
        ({ pod }) => {
          if (isOld) return;
          const link = { context, namespace, pod };
          open({ ...link, ...choicesOf(parameters) });
          router.replace(podHref(link));
        },
        (cause: unknown) => isOld || setError(toWireError(cause)),
      );
    return () => {
      isOld = true;
    };
  }, [epoch, context, namespace, text, parameters, open, router]);
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
