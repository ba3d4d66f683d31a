'use client';

import { useSearchParams } from 'next/navigation';
import { Fragment, type ReactNode } from 'react';
import { useContextSummary } from '../cluster/cluster-store.ts';
import type { PodLink } from '../links/pod-links.ts';
import { NoAddress } from './no-address.tsx';

export interface PodGateProps {
  children(link: PodLink): ReactNode;
}

/** Shows a page about the pod that the address names, once its context is known. Each pod has a page of its own. */
export function PodGate({ children }: PodGateProps) {
  const context = useContextSummary()?.name;
  const [namespace, pod] = useAddress(['namespace', 'name']);
  if (!namespace || !pod) return <NoAddress thing="pod" />;
  if (context === undefined) return null;
  return <Fragment key={`${namespace}/${pod}`}>{children({ context, namespace, pod })}</Fragment>;
}

export interface ContainerGateProps {
  children(link: PodLink, container: string): ReactNode;
}

/** The same for a page about one container of the pod. */
export function ContainerGate({ children }: ContainerGateProps) {
  const context = useContextSummary()?.name;
  const [namespace, pod, container] = useAddress(['namespace', 'name', 'container']);
  if (!namespace || !pod || !container) return <NoAddress thing="container" />;
  if (context === undefined) return null;
  return (
    <Fragment key={`${namespace}/${pod}/${container}`}>{children({ context, namespace, pod }, container)}</Fragment>
  );
}

function useAddress(names: string[]): (string | null)[] {
  const parameters = useSearchParams();
  return names.map((name) => parameters.get(name));
}
