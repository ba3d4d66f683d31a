import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { PodOwners } from '#lib/owners.ts';
import type { PodDetail } from '#lib/pods.ts';
import { useAnswer } from '../connection/use-answer.ts';
import { nodeHref, type PodLink } from '../links/pod-links.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { StatusText } from '../ui/status-text.tsx';

/** The pod's owners, its node, its Services and its volumes. */
export function BelongsTo({ link, pod }: { link: PodLink; pod: PodDetail }) {
  const { context, namespace } = link;
  // Read again for another uid: a later pod with the same name can have other owners. A pod never moves.
  const { value, error } = useAnswer('pod:owners', { context, namespace, pod: link.pod }, { again: pod.uid });
  return (
    <Section title="Belongs to">
      {error && (
        <div className="p-3 sm:px-4">
          <ErrorNotice error={error} title="Its owners could not be read" />
        </div>
      )}
      <dl className="divide-y divide-line text-sm">
        <Row name="Owners">
          <Owners owners={value?.owners} pod={pod} />
        </Row>
        <Row name="Node">
          {value ? <Node node={value.node} /> : (pod.node ?? 'not scheduled yet')}{' '}
          {pod.node !== undefined && (
            <Link href={nodeHref(link)} prefetch={false} className="text-xs text-muted underline">
              All its namespaces
            </Link>
          )}
        </Row>
        <Row name="Services">
          <Services link={link} again={pod.uid} />
        </Row>
        {pod.volumes.length > 0 && (
          <Row name="Volumes">
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {pod.volumes.map(({ name, kind, source }) => (
                <li key={name} className="min-w-0 break-all">
                  {name}{' '}
                  <span className="text-xs text-muted">
                    {kind}
                    {source && ` ${source}`}
                  </span>
                </li>
              ))}
            </ul>
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 px-3 py-2 sm:px-4">
      <dt className="w-20 shrink-0 text-xs leading-5 text-muted">{name}</dt>
      <dd className="min-w-0 flex-1 basis-64">{children}</dd>
    </div>
  );
}

function Owners({ owners, pod }: { owners: PodOwners['owners'] | undefined; pod: PodDetail }) {
  if (pod.owner === undefined) return <>nobody: once it is deleted, nothing makes it anew</>;
  if (owners === undefined) return <>{pod.owner}</>;
  return (
    <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
      {[...owners].reverse().map(({ kind, name, state }) => (
        <li key={`${kind} ${name}`} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          <span className="break-all">
            <span className="text-xs text-muted">{kind}</span> {name}
            {state && <span className="text-xs text-muted"> ({state})</span>}
          </span>
          <ChevronRight size={14} className="shrink-0 text-muted" aria-hidden />
        </li>
      ))}
      <li>this pod</li>
    </ol>
  );
}

/** The Services that select the pod. Their addresses and ports are on the network page. */
function Services({ link, again }: { link: PodLink; again: string }) {
  const { context, namespace, pod } = link;
  const { value, error } = useAnswer('pod:services', { context, namespace, pod }, { again });
  const problem = error ?? (value?.kind === 'denied' ? value.error : undefined);
  if (problem) return <span className="text-muted">{problem.message}</span>;
  if (value?.kind !== 'read') return <span className="text-muted">…</span>;
  if (value.services.length === 0) return <>none selects it</>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {value.services.map(({ name, state }) => (
        <li key={name} className="flex min-w-0 flex-wrap items-center gap-x-2 break-all">
          {name}
          <StatusText
            level={state.kind === 'in' ? 'ok' : 'problem'}
            status={state.kind === 'in' ? 'leads here' : `does not lead here: ${state.why}`}
          />
        </li>
      ))}
    </ul>
  );
}

function Node({ node }: { node: PodOwners['node'] }) {
  switch (node.kind) {
    case 'none':
      return <>not scheduled yet</>;
    case 'denied':
      return <span className="text-muted">{node.error.message}</span>;
    case 'read': {
      const { name, isReady, troubles, version } = node.node;
      return (
        <span className="flex flex-wrap items-center gap-x-3">
          <span className="break-all">
            {name} <span className="text-xs text-muted">{version}</span>
          </span>
          <StatusText
            level={isReady && troubles.length === 0 ? 'ok' : 'problem'}
            status={troubles.length === 0 ? 'ready' : troubles.join('; ')}
          />
        </span>
      );
    }
  }
}
