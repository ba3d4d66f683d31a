'use client';

import { ArrowLeft, Bug, Network } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useMemo } from 'react';
import { compareNamespaces } from '#lib/namespaces/compare.ts';
import { isFinished, type PodDetail, type PodEvent } from '#lib/pods.ts';
import { BundleButton } from '../bundle/bundle-button.tsx';
import { useContextSummary } from '../cluster/cluster-store.ts';
import { usePod } from '../cluster/use-pod.ts';
import { useDebugStore } from '../debug/debug-store.ts';
import { networkHref, type PodLink } from '../links/pod-links.ts';
import { NamespaceSection } from '../namespaces/namespace-section.tsx';
import { useObservation } from '../namespaces/use-observation.ts';
import { NoAddress } from '../page-frame/no-address.tsx';
import { ProcessSection } from '../processes/process-section.tsx';
import { Age } from '../ui/age.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { StatusText } from '../ui/status-text.tsx';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { BelongsTo } from './belongs-to.tsx';
import { ContainerList } from './container-list.tsx';
import { PodRemarks } from './pod-remarks.tsx';
import { TimelineSection } from './timeline-section.tsx';

export function PodPage() {
  const parameters = useSearchParams();
  const context = useContextSummary();
  const namespace = parameters.get('namespace');
  const name = parameters.get('name');
  if (namespace === null || name === null) return <NoAddress thing="pod" />;
  return <OnePod link={context && { context: context.name, namespace, pod: name }} />;
}

function OnePod({ link }: { link: PodLink | undefined }) {
  const router = useRouter();
  const { pod, last, events, state } = usePod(link);
  const startDebug = useDebugStore((store) => store.open);
  const observation = useObservation(link, pod ?? undefined);
  const matrix = useMemo(() => last && compareNamespaces(last, observation.value), [last, observation.value]);
  // Allowed before the pod has come, because the dialog waits for it and an early key press is not lost.
  const canDebug = link !== undefined && pod !== null;
  const debug = () => canDebug && startDebug(link);
  useShortcuts({
    d: debug,
    r: observation.refresh,
    Escape: () => router.push(link ? `/?${new URLSearchParams({ context: link.context })}` : '/'),
  });
  useEffect(() => {
    document.title = link ? `${link.pod} · Ephemera` : 'Ephemera';
    return () => {
      document.title = 'Ephemera';
    };
  }, [link]);

  return (
    <div className="mx-auto max-w-7xl space-y-5 p-3 sm:p-5">
      <PodHeader link={link} pod={last} events={events} onDebug={debug} canDebug={canDebug} />
      {state.kind === 'stale' && (
        <ErrorNotice error={state.error} {...(last ? { title: 'This may be out of date' } : {})} />
      )}
      {pod === null && <Gone link={link} wasSeen={last !== undefined} />}
      {pod && isFinished(pod) && (
        <Notice
          title={`This pod has finished (${pod.status})`}
          message="Nothing can be started in it any more."
          next="Debug a copy of it, or its node; or pick a running pod."
        />
      )}
      {pod && link && <PodRemarks link={link} pod={pod} />}
      {last && link && matrix && (
        <>
          <ContainerList link={link} pod={last} onDebug={(target) => startDebug({ ...link, target })} />
          <NamespaceSection
            context={link.context}
            pod={last}
            matrix={matrix}
            observation={observation}
            onDebug={(target) => startDebug({ ...link, target, profile: 'general' })}
          />
          <ProcessSection link={link} pod={last} observation={observation.value} />
          <BelongsTo link={link} pod={last} />
          <TimelineSection pod={last} events={events} />
        </>
      )}
      {last === undefined && pod === undefined && state.kind !== 'stale' && (
        <p role="status" className="pt-6 text-center text-muted">
          Loading…
        </p>
      )}
    </div>
  );
}

function Gone({ link, wasSeen }: { link: PodLink | undefined; wasSeen: boolean }) {
  const name = link ? `${link.namespace}/${link.pod}` : '';
  return (
    <Notice
      tone="problem"
      title={wasSeen ? `Pod ${name} is gone` : `There is no pod ${name}`}
      message={
        wasSeen
          ? 'What you see below is how it last was.'
          : 'It may have been replaced; pods of a Deployment get new names.'
      }
      next="Go to the list of pods."
      href={link ? `/?${new URLSearchParams({ context: link.context })}` : '/'}
    />
  );
}

interface PodHeaderProps {
  link: PodLink | undefined;
  pod: PodDetail | undefined;
  events: PodEvent[];
  canDebug: boolean;
  onDebug(): void;
}

function PodHeader({ link, pod, events, canDebug, onDebug }: PodHeaderProps) {
  return (
    <div className="space-y-2">
      <Link
        href={link ? `/?${new URLSearchParams({ context: link.context })}` : '/'}
        className="inline-flex items-center gap-1 rounded text-xs text-muted hover:text-text"
      >
        <ArrowLeft size={13} aria-hidden /> Pods
      </Link>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-xl font-semibold tracking-tight break-all">{link?.pod ?? '…'}</h1>
        </div>
        {link && pod && <BundleButton link={link} pod={pod} events={events} />}
        {link && (
          <Link href={networkHref(link)} prefetch={false} className={buttonClass()}>
            <Network size={15} aria-hidden /> Network
          </Link>
        )}
        <Button variant="primary" onClick={onDebug} disabled={!canDebug}>
          <Bug size={15} aria-hidden /> Debug <kbd className="ml-1 rounded bg-black/15 px-1 text-xs">d</kbd>
        </Button>
      </div>
      {pod && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
          <Fact name="Status">
            <StatusText level={pod.level} status={pod.status} />
          </Fact>
          <Fact name="Namespace">{pod.namespace}</Fact>
          <Fact name="Node">{pod.node ?? 'not scheduled yet'}</Fact>
          <Fact name="Pod IP">{pod.podIP ?? 'none yet'}</Fact>
          {pod.owner && <Fact name="Owner">{pod.owner}</Fact>}
          <Fact name="Age">
            <Age at={pod.createdAt} />
          </Fact>
        </dl>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </div>
  );
}
